import { rbac } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './binding-not-to-everybody.ts'

const binding = (...subjects: object[]) =>
  declared(rbac.v1.ClusterRoleBinding, 'readers', { roleRef: { kind: 'ClusterRole', name: 'view' }, subjects })
const told = (index: number, name: string) =>
  `readers: subjects[${index}].name is "${name}"; write the users, groups or service accounts that need it.`
const ACCOUNT = { kind: 'ServiceAccount', name: 'reader', namespace: 'tools' }

cases(rule, {
  passes: {
    'a service account': binding(ACCOUNT),
    'a group of people': binding({ kind: 'Group', name: 'operators' }),
    'the accounts of one namespace': binding({ kind: 'Group', name: 'system:serviceaccounts:tools' }),
    nobody: declared(rbac.v1.RoleBinding, 'readers', { roleRef: { kind: 'Role', name: 'reader' } }),
  },
  breaks: {
    'whoever has not signed in': [
      binding(ACCOUNT, { kind: 'Group', name: 'system:unauthenticated' }),
      told(1, 'system:unauthenticated'),
    ],
    'the anonymous user': [binding({ kind: 'User', name: 'system:anonymous' }), told(0, 'system:anonymous')],
    'whoever has signed in': [
      binding({ kind: 'Group', name: 'system:authenticated' }),
      told(0, 'system:authenticated'),
    ],
    'every pod': [binding({ kind: 'Group', name: 'system:serviceaccounts' }), told(0, 'system:serviceaccounts')],
    'whom nothing bounds': [binding({ kind: 'Group', name: 'system:masters' }), told(0, 'system:masters')],
    'a subject that nobody knows yet': [
      binding({ kind: 'Group', name: UNKNOWN }),
      'Could not be judged: readers: subjects.0.name is not known before the deployment.',
    ],
  },
})
