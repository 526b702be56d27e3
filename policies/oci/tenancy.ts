import { cloudguard, identity } from '@pulumi/oci'
import { type About, type Kind, type Rule, type Stack, setting, stackRule, type Tell } from '../rule/index.ts'

/** What exists once in a tenancy. Users, groups and policies lie in its root as well, and any stack may have some. */
const ONCE = [cloudguard.CloudGuardConfiguration, identity.AuthenticationPolicy]

/** How the OCID of a root compartment begins: it is the tenancy's. */
export const ROOT = 'ocid1.tenancy.'

const STACKS = setting([] as string[], {
  type: 'array',
  items: { type: 'string' },
  description: 'Names of stacks that own their tenancy, also while they declare neither Cloud Guard nor passwords.',
})

/**
 * A rule about what a tenancy has once. It is asked of the stack that owns the tenancy: one that the configuration
 * names, or that shows it by what it declares. What others deploy there is none of their business.
 */
export function tenancyRule<Settings = unknown>(
  about: About<Settings>,
  kinds: Kind | Kind[],
  check: (stack: Stack, tell: Tell, settings: Settings) => void,
): Rule {
  const settings = { ...about.settings, stacks: STACKS } as NonNullable<
    About<Settings & { stacks: string[] }>['settings']
  >
  return stackRule({ ...about, settings }, kinds, (stack, tell, { settings }) => {
    const whole = stack.resources.find(({ type }) => type === 'pulumi:pulumi:Stack') ?? { name: 'stack', urn: '' }
    // urn:pulumi:<stack>::<project>::<type>::<name>
    const [, , name = ''] = (stack.resources[0]?.urn ?? '').split(':')
    if (settings.stacks.includes(name) || stack.of<Kind>(ONCE).length > 0)
      check(stack, (violation) => tell(whole, violation), settings)
  })
}
