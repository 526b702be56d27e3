import { rbac } from '@pulumi/kubernetes'
import { resourceRule } from '../../rule/index.ts'

/** Who cannot be told apart, and the group that no role bounds. */
const EVERYBODY = [
  'system:anonymous',
  'system:unauthenticated',
  'system:authenticated',
  'system:serviceaccounts',
  'system:masters',
]

export default resourceRule(
  {
    name: 'binding-not-to-everybody',
    description: "A binding names whom it is for: not everybody, not every service account, not Kubernetes' masters.",
    severity: 'critical',
    level: 'mandatory',
    serves: ['C-0035'],
  },
  [rbac.v1.ClusterRoleBinding, rbac.v1.RoleBinding],
  ({ subjects = [] }, tell) => {
    for (const [index, { kind, name }] of subjects.entries())
      if (kind !== 'ServiceAccount' && EVERYBODY.includes(name))
        tell({ at: `subjects[${index}].name`, is: name, write: 'the users, groups or service accounts that need it' })
  },
)
