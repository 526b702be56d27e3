import { rbac } from '@pulumi/kubernetes'
import { grantRule } from '../grants.ts'

export default grantRule(
  {
    name: 'cluster-role-without-secrets',
    description: "No role of the whole cluster reads every namespace's secrets.",
    severity: 'high',
    level: 'mandatory',
    serves: ['CKV2_K8S_5'],
  },
  rbac.v1.ClusterRole,
  {
    grants: [{ apiGroup: '', resources: ['secrets'], verbs: ['get', 'list', 'watch'] }],
    unlessNamed: () => true,
    write: 'a Role in each namespace whose secrets it needs, or their names in resourceNames',
  },
)
