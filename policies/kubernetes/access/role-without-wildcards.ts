import { resourceRule } from '../../rule/index.ts'
import { ROLES } from '../grants.ts'
import { selectsAll } from '../selector.ts'

/** Lists of a role's rule, and which entries leave open what is given. Below a path, only what serves it adds more. */
const LISTS = { apiGroups: /\*/, resources: /\*/, verbs: /\*/, nonResourceURLs: /^\/?\*$/ }

export default resourceRule(
  {
    name: 'role-without-wildcards',
    description: 'A role names what it gives, so that it gives nothing that comes later.',
    severity: 'high',
    level: 'mandatory',
    serves: ['CKV_K8S_49', 'C-0035', 'Polaris rolebindingClusterAdminRole'],
  },
  ROLES,
  (props, tell) => {
    const { rules = [] } = props
    const { clusterRoleSelectors = [] } = ('aggregationRule' in props && props.aggregationRule) || {}
    for (const [index, rule] of rules.entries())
      for (const [list, open] of Object.entries(LISTS)) {
        const entries = rule[list as keyof typeof LISTS]
        if (entries?.some((entry) => open.test(entry)))
          tell({ at: `rules[${index}].${list}`, is: entries, write: 'each one that is needed, by its name' })
      }
    for (const [index, selector] of clusterRoleSelectors.entries())
      if (selectsAll(selector))
        tell({
          at: `aggregationRule.clusterRoleSelectors[${index}]`,
          holds: 'every ClusterRole',
          write: 'labels of the roles that it is made of',
        })
  },
)
