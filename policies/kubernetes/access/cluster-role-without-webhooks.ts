import { rbac } from '@pulumi/kubernetes'
import { grantRule } from '../grants.ts'

export default grantRule(
  {
    name: 'cluster-role-without-webhooks',
    description: 'No role changes what sees, alters or refuses every request to the cluster.',
    severity: 'high',
    level: 'mandatory',
    serves: ['CKV_K8S_155'],
  },
  rbac.v1.ClusterRole,
  {
    grants: [
      {
        apiGroup: 'admissionregistration.k8s.io',
        resources: ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'],
        verbs: ['create', 'update', 'patch', 'delete', 'deletecollection'],
      },
    ],
    unlessNamed: () => true,
    write: 'the names of its own configurations in resourceNames, and no create',
  },
)
