import { rbac } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './binding-not-to-default-account.ts'

const binding = (subject: object) =>
  declared(rbac.v1.RoleBinding, 'readers', { roleRef: { kind: 'Role', name: 'reader' }, subjects: [subject] })

cases(rule, {
  passes: {
    'an account of its own': binding({ kind: 'ServiceAccount', name: 'reader', namespace: 'tools' }),
    'an account of its own as a user': binding({ kind: 'User', name: 'system:serviceaccount:default:reader' }),
    'a group of that name': binding({ kind: 'Group', name: 'default' }),
  },
  breaks: {
    'the default account': [
      binding({ kind: 'ServiceAccount', name: 'default', namespace: 'tools' }),
      'readers: subjects[0].name is "default"; write a service account of its own for what needs the rights.',
    ],
    'the default account as a user': [
      binding({ kind: 'User', name: 'system:serviceaccount:tools:default' }),
      'readers: subjects[0].name is "system:serviceaccount:tools:default"; write a service account of its own for what needs the rights.',
    ],
    'an account that nobody knows yet': [
      binding({ kind: 'ServiceAccount', name: UNKNOWN }),
      'Could not be judged: readers: subjects.0.name is not known before the deployment.',
    ],
  },
})
