import { rbac } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './role-without-impersonation.ts'

const role = (given: object) =>
  declared(rbac.v1.ClusterRole, 'proxy', {
    rules: [{ apiGroups: [''], resources: ['users'], verbs: ['get'], ...given }],
  })
const told = (holds: string) =>
  `proxy: rules[0] holds ${holds}; write rules without impersonate, and without serviceaccounts/token.`

cases(rule, {
  passes: {
    'other verbs on accounts': role({ resources: ['serviceaccounts'], verbs: ['get', 'create'] }),
    'one account by its name': role({ verbs: ['impersonate'], resourceNames: ['viewer'] }),
  },
  breaks: {
    'acting as any user': [role({ verbs: ['impersonate'] }), told('impersonate on users')],
    'acting with any extra': [
      role({ apiGroups: ['authentication.k8s.io'], resources: ['userextras'], verbs: ['impersonate'] }),
      told('impersonate on userextras'),
    ],
    'acting with any extra of a name': [
      role({ apiGroups: ['authentication.k8s.io'], resources: ['userextras/scopes'], verbs: ['impersonate'] }),
      told('impersonate on userextras/scopes'),
    ],
    "acting as one of Kubernetes' masters": [
      role({ resources: ['groups'], verbs: ['impersonate'], resourceNames: ['readers', 'system:masters'] }),
      told('impersonate on groups'),
    ],
    'tokens of any account': [
      role({ resources: ['serviceaccounts/token'], verbs: ['create'] }),
      told('create on serviceaccounts/token'),
    ],
    'an empty list of names, which is none': [
      role({ verbs: ['impersonate'], resourceNames: [] }),
      told('impersonate on users'),
    ],
    'a group that nobody knows yet': [
      role({ apiGroups: UNKNOWN }),
      'Could not be judged: proxy: rules.0.apiGroups is not known before the deployment.',
    ],
  },
})
