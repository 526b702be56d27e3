import type { PolicyConfigJSONSchema } from '@pulumi/policy/schema.js'

/** What the configuration of a rule allows for a while. */
export interface Exception {
  /** Name or URN of a resource. */
  resource: string
  /** Why it may break the rule. */
  reason: string
  /** The last day on which it may, as `2027-03-31`, by UTC. */
  until: string
}

/** The setting `exceptions` that every rule has. */
export const EXCEPTIONS: PolicyConfigJSONSchema = {
  type: 'array',
  description: 'Resources that may break this rule: which, why, and until which day.',
  items: {
    type: 'object',
    properties: {
      resource: { type: 'string', minLength: 1, description: 'Name or URN of a resource.' },
      reason: { type: 'string', minLength: 10, description: 'Why it may break the rule.' },
      until: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'The last day on which it may.' },
    },
    required: ['resource', 'reason', 'until'],
    additionalProperties: false,
  },
  default: [],
}

/** The exception that names a resource, and whether its last day is over; undefined where there is none. */
export function exceptionOf(
  { name, urn }: { name: string; urn: string },
  exceptions: Exception[],
): (Exception & { over: boolean }) | undefined {
  const named = exceptions.filter(({ resource }) => resource === name || resource === urn)
  const today = new Date().toISOString().slice(0, 10)
  // Of several, the one that holds the longest.
  const last = named.toSorted((a, b) => (a.until < b.until ? 1 : -1))[0]
  return last && { ...last, over: last.until < today }
}
