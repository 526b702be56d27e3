import { rbac } from '@pulumi/kubernetes'
import { grantRule } from '../grants.ts'

export default grantRule(
  {
    name: 'cluster-role-without-certificate-approval',
    description: 'No role issues certificates by which somebody becomes any user of the cluster.',
    severity: 'high',
    level: 'mandatory',
    serves: ['CKV_K8S_156'],
  },
  rbac.v1.ClusterRole,
  {
    grants: [
      {
        apiGroup: 'certificates.k8s.io',
        resources: ['certificatesigningrequests/approval', 'certificatesigningrequests/status'],
        verbs: ['update', 'patch'],
      },
      { apiGroup: 'certificates.k8s.io', resources: ['signers'], verbs: ['approve', 'sign'] },
    ],
    unlessNamed: (signer) => !signer.startsWith('kubernetes.io/'),
    write: "the signers that it is for in resourceNames, and none of Kubernetes' own",
  },
)
