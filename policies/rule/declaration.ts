import type { PolicyResource, ResourceValidationPolicy } from '@pulumi/policy'

type Props = Record<string, unknown>

const remembered = new Map<string, Props>()

/**
 * No rule: remembers what is declared. Pulumi's engine tells a rule across the stack only what has become of resources,
 * and at a preview nobody knows that of whatever a provider fills in, or of a whole cluster that is not there yet. Before
 * that it has asked every pack of every resource, with its inputs.
 */
export const remembering: ResourceValidationPolicy = {
  name: 'declaration-remembered',
  description: 'No rule: remembers what is declared, for the rules across the stack.',
  enforcementLevel: 'advisory',
  validateResource: ({ urn, props }) => {
    remembered.set(urn, props)
  },
}

/**
 * Gives resources back what was declared of them. Parts of a program declare nothing, and keep what they have told. What
 * a deployment with `--target` leaves out has nothing, and is none.
 */
export function asDeclared(resources: PolicyResource[]): PolicyResource[] {
  for (const resource of resources) {
    const props = remembered.get(resource.urn)
    if (props && !isEmpty(props)) resource.props = props
  }
  return resources.filter(({ props }) => !isEmpty(props))
}

function isEmpty(props: Props): boolean {
  return Object.keys(props).length === 0
}
