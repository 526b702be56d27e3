import { rbac } from '@pulumi/kubernetes'
import { resourceRule } from '../../rule/index.ts'

/** The same account, named as the user that it is. */
const AS_USER = /^system:serviceaccount:[^:]+:default$/

export default resourceRule(
  {
    name: 'binding-not-to-default-account',
    description: 'The account that every pod has without asking has no rights.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['CKV_K8S_42'],
  },
  [rbac.v1.ClusterRoleBinding, rbac.v1.RoleBinding],
  ({ subjects = [] }, tell) => {
    for (const [index, { kind, name }] of subjects.entries())
      if (kind === 'ServiceAccount' ? name === 'default' : kind === 'User' && AS_USER.test(name))
        tell({
          at: `subjects[${index}].name`,
          is: name,
          write: 'a service account of its own for what needs the rights',
        })
  },
)
