import { rbac } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './cluster-role-without-secrets.ts'

const RULE = { apiGroups: [''], resources: ['configmaps', 'secrets'], verbs: ['get'] }
const role = (given: object) => declared(rbac.v1.ClusterRole, 'operator', { rules: [{ ...RULE, ...given }] })
const told = (holds: string) =>
  `operator: rules[0] holds ${holds}; write a Role in each namespace whose secrets it needs, or their names in resourceNames.`

cases(rule, {
  passes: {
    'a role of one namespace': declared(rbac.v1.Role, 'operator', { rules: [RULE] }),
    'secrets by their names': role({ resourceNames: ['license'] }),
    'making secrets unseen': role({ verbs: ['create', 'update'] }),
    'reading of others': role({ resources: ['configmaps'] }),
  },
  breaks: {
    reading: [role({}), told('get on secrets')],
    listing: [role({ verbs: ['list', 'create'] }), told('list on secrets')],
    watching: [role({ verbs: ['watch'] }), told('watch on secrets')],
    'reading everything': [role({ resources: ['*'] }), told('get on *')],
    'names that nobody knows yet': [
      role({ resourceNames: UNKNOWN }),
      'Could not be judged: operator: rules.0.resourceNames is not known before the deployment.',
    ],
  },
})
