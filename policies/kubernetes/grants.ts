import { rbac, type types } from '@pulumi/kubernetes'
import type { Unwrap } from '@pulumi/pulumi'
import { type About, type Kind, type Rule, resourceRule } from '../rule/index.ts'

export type PolicyRule = Unwrap<types.input.rbac.v1.PolicyRule>

/** Everything that grants rights in Kubernetes' own form. */
export const ROLES = [rbac.v1.Role, rbac.v1.ClusterRole]

/** Some verbs on some resources of an API group; having one of them on one of the others is having the grant. */
export interface Grant {
  apiGroup: string
  /** With their subresource where one is meant, such as `pods/exec`, or `userextras/*` for whichever. */
  resources: string[]
  verbs: string[]
}

/** What a role's rule gives of a grant, such as `create on pods/exec`; undefined where it gives nothing. */
export function given(rule: PolicyRule, { apiGroup, resources, verbs }: Grant): string | undefined {
  const { apiGroups = [], resources: hasResources = [], verbs: hasVerbs = [] } = rule
  if (!apiGroups.some((group) => group === '*' || group === apiGroup)) return undefined
  const on = hasResources.filter((resource) => resource === '*' || resources.some((one) => covers(resource, one)))
  const may = hasVerbs.filter((verb) => verb === '*' || verbs.includes(verb))
  return on.length && may.length ? `${may.join(', ')} on ${on.join(', ')}` : undefined
}

/** `*` before a subresource stands for every resource that has it. */
function covers(resource: string, wanted: string): boolean {
  const [name, subresource] = wanted.split('/')
  if (subresource === '*') return resource.startsWith(`${name}/`) || resource.startsWith('*/')
  return resource === wanted || (subresource !== undefined && resource === `*/${subresource}`)
}

/**
 * A rule about roles that must not give something.
 *
 * @param forbidden.unlessNamed which names in `resourceNames` make the grant harmless, if nothing but them is listed
 */
export function grantRule(
  about: About,
  kinds: Kind | Kind[],
  forbidden: { grants: Grant[]; unlessNamed?: (name: string) => boolean; write: string },
): Rule {
  const { grants, unlessNamed = () => false, write } = forbidden
  return resourceRule(about, kinds, (props, tell) => {
    const { rules = [] } = props as { rules?: PolicyRule[] }
    for (const [index, rule] of rules.entries()) {
      if (rule.resourceNames?.length && rule.resourceNames.every(unlessNamed)) continue
      for (const grant of grants) {
        const holds = given(rule, grant)
        if (holds) tell({ at: `rules[${index}]`, holds, write })
      }
    }
  })
}
