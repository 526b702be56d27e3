import { grantRule, ROLES } from '../grants.ts'

export default grantRule(
  {
    name: 'role-without-service-status',
    description: "Nobody draws traffic to themselves by a Service's status.",
    severity: 'medium',
    level: 'mandatory',
    serves: ['CKV2_K8S_4'],
  },
  ROLES,
  {
    grants: [{ apiGroup: '', resources: ['services/status'], verbs: ['update', 'patch'] }],
    write: 'rules without services/status',
  },
)
