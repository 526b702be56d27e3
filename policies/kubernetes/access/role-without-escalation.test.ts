import { rbac } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './role-without-escalation.ts'

const role = (resources: string[], verbs: unknown) =>
  declared(rbac.v1.ClusterRole, 'operator', {
    rules: [{ apiGroups: ['rbac.authorization.k8s.io'], resources, verbs }],
  })
const told = (holds: string) => `operator: rules[0] holds ${holds}; write rules without escalate and bind.`

cases(rule, {
  passes: {
    'making roles, which Kubernetes bounds by what the maker may': role(
      ['roles', 'rolebindings'],
      ['create', 'update'],
    ),
    'the verbs on what is no role': declared(rbac.v1.Role, 'operator', {
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['bind'] }],
    }),
  },
  breaks: {
    'changing roles beyond oneself': [role(['roles'], ['escalate']), told('escalate on roles')],
    'binding any role': [role(['clusterroles'], ['get', 'bind']), told('bind on clusterroles')],
    'what Checkov takes for it': [role(['rolebindings'], ['bind']), told('bind on rolebindings')],
    'every verb': [role(['clusterrolebindings'], ['*']), told('* on clusterrolebindings')],
    'verbs that nobody knows yet': [
      role(['roles'], UNKNOWN),
      'Could not be judged: operator: rules.0.verbs is not known before the deployment.',
    ],
  },
})
