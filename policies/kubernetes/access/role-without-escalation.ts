import { grantRule, ROLES } from '../grants.ts'

export default grantRule(
  {
    name: 'role-without-escalation',
    description: 'Nobody gives rights that they do not have themselves.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['CKV_K8S_158', 'CKV_K8S_157', 'CKV2_K8S_1'],
  },
  ROLES,
  {
    // Kubernetes asks for `bind` on the role; Checkov looks for it on the binding, so both are looked at.
    grants: [
      {
        apiGroup: 'rbac.authorization.k8s.io',
        resources: ['roles', 'clusterroles', 'rolebindings', 'clusterrolebindings'],
        verbs: ['escalate', 'bind'],
      },
    ],
    write: 'rules without escalate and bind',
  },
)
