import { identity } from '@pulumi/oci'
import { type About, type Rule, resourceRule, setting } from '../rule/index.ts'
import { mayHold, parseStatement, type Statement } from './statements.ts'

/** The setting of rules that spare the administrators of the tenancy. */
export const ADMINISTRATORS = {
  administrators: setting(['Administrators'], {
    type: 'array',
    items: { type: 'string' },
    description: 'Groups of the administrators of the tenancy, by name or OCID.',
  }),
}

/**
 * A rule about what policies allow: it is asked once for each statement that allows something, and says what to write
 * instead. What cannot be read breaks `policy-readable`, and no other rule.
 */
export function grantRule<Settings>(
  about: About<Settings>,
  check: (grant: Statement, settings: Settings) => string | undefined,
): Rule {
  return resourceRule(about, identity.Policy, ({ statements }, tell, { settings }) => {
    for (const [index, text] of statements.entries()) {
      const grant = read(text)
      const write = grant && (grant.effect === 'allow' || grant.effect === 'admit') ? check(grant, settings) : undefined
      if (write !== undefined) tell({ at: `statements[${index}]`, is: text, write })
    }
  })
}

/** Whether a statement is about groups of our administrators alone. A group of another tenancy may have any name. */
export function isOfAdministrators({ effect, subject }: Statement, administrators: string[]): boolean {
  const known = administrators.map((name) => name.toLowerCase())
  return (
    effect !== 'admit' &&
    subject.of === undefined &&
    subject.kind === 'group' &&
    subject.names.every((name) => known.includes(name.toLowerCase().replace(/^default\//, '')))
  )
}

/** Whether a statement is about everybody who can sign in: no condition asks for a resource instead. */
export function isOfEverybody({ subject, condition }: Statement): boolean {
  return ['any-user', 'any-group'].includes(subject.kind) && mayHold(condition, { 'request.principal.type': 'user' })
}

function read(text: string): Statement | undefined {
  try {
    return parseStatement(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
