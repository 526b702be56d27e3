import { resourceRule } from '../../rule/index.ts'
import { ROLES } from '../grants.ts'

const LISTS = ['apiGroups', 'resources', 'verbs', 'nonResourceURLs'] as const

export default resourceRule(
  {
    name: 'role-without-wildcards',
    description: 'A role names what it gives, so that it gives nothing that comes later.',
    severity: 'high',
    level: 'mandatory',
    serves: ['CKV_K8S_49', 'C-0035', 'Polaris rolebindingClusterAdminRole'],
  },
  ROLES,
  ({ rules = [] }, tell) => {
    for (const [index, rule] of rules.entries())
      for (const list of LISTS)
        if (rule[list]?.some((entry) => entry.includes('*')))
          tell({ at: `rules[${index}].${list}`, is: rule[list], write: 'each one that is needed, by its name' })
  },
)
