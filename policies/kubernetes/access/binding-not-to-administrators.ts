import { rbac } from '@pulumi/kubernetes'
import { resourceRule } from '../../rule/index.ts'

/** Roles of Kubernetes that, given for all namespaces, give everything, every secret and every pod's shell. */
const EVERYWHERE = ['cluster-admin', 'admin', 'edit']

export default resourceRule(
  {
    name: 'binding-not-to-administrators',
    description: 'Nobody administers the whole cluster by a declared binding.',
    severity: 'critical',
    level: 'mandatory',
    serves: [
      'C-0035',
      'Polaris clusterrolebindingClusterAdmin',
      'Polaris rolebindingClusterAdminClusterRole',
      'Polaris rolebindingClusterAdminRole',
    ],
  },
  [rbac.v1.ClusterRoleBinding, rbac.v1.RoleBinding],
  ({ roleRef }, tell, { resource }) => {
    const refused = resource.type.endsWith(':ClusterRoleBinding') ? EVERYWHERE : ['cluster-admin']
    if (roleRef.kind === 'ClusterRole' && refused.includes(roleRef.name))
      tell({ at: 'roleRef.name', is: roleRef.name, write: 'a role with what it needs' })
  },
)
