import { grantRule, ROLES } from '../grants.ts'

export default grantRule(
  {
    name: 'role-without-impersonation',
    description: 'Nobody acts as another user, group or service account.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['CKV2_K8S_3'],
  },
  ROLES,
  {
    grants: [
      { apiGroup: '', resources: ['users', 'groups', 'serviceaccounts'], verbs: ['impersonate'] },
      {
        apiGroup: 'authentication.k8s.io',
        resources: ['users', 'groups', 'uids', 'userextras', 'userextras/*'],
        verbs: ['impersonate'],
      },
      // Whoever may ask for an account's token acts as it, too.
      { apiGroup: '', resources: ['serviceaccounts/token'], verbs: ['create'] },
    ],
    // Kubernetes' own users and groups may do anything, or are everybody.
    unlessNamed: (name) => !name.startsWith('system:'),
    write: 'rules without impersonate, and without serviceaccounts/token',
  },
)
