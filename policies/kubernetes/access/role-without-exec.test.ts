import { rbac } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './role-without-exec.ts'

const role = (resources: unknown, verbs: string[], apiGroups = ['']) =>
  declared(rbac.v1.Role, 'operator', { rules: [{ apiGroups, resources, verbs }] })
const told = (holds: string) => `operator: rules[0] holds ${holds}; write rules without pods/exec and pods/attach.`

cases(rule, {
  passes: {
    'reading of pods and their logs': role(['pods', 'pods/log'], ['get', 'list']),
    'exec with a verb that opens nothing': role(['pods/exec'], ['list']),
    'a resource of that name in another group': role(['pods/exec'], ['create'], ['example.org']),
  },
  breaks: {
    'exec by POST': [role(['pods/exec'], ['create']), told('create on pods/exec')],
    'attach by GET': [role(['pods', 'pods/attach'], ['get']), told('get on pods/attach')],
    'every verb': [role(['pods/exec'], ['*']), told('* on pods/exec')],
    'every resource': [role(['*'], ['create']), told('create on *')],
    'every group': [role(['pods/exec'], ['create'], ['*']), told('create on pods/exec')],
    'a role of the whole cluster': [
      declared(rbac.v1.ClusterRole, 'operator', {
        rules: [{ apiGroups: [''], resources: ['*/exec'], verbs: ['create'] }],
      }),
      told('create on */exec'),
    ],
    'resources that nobody knows yet': [
      role(UNKNOWN, ['create']),
      'Could not be judged: operator: rules.0.resources is not known before the deployment.',
    ],
  },
})
