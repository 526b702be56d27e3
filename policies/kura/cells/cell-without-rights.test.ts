import { core, rbac } from '@pulumi/kubernetes'
import { all, cellOf, changed } from '../../../test/support/cell.ts'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './cell-without-rights.ts'

const cell = cellOf('nishi', { yukimi: ['yukimi.example'] })
const binding = (subject: object) => [
  ...all(cell),
  declared(rbac.v1.ClusterRoleBinding, 'binding', { subjects: [subject] }),
]
const account = (namespace: string) => [
  ...all(cell),
  declared(core.v1.ServiceAccount, 'account', { metadata: { name: 'web', namespace } }),
]
const pod = (by: (spec: { [key: string]: unknown }) => void) =>
  all(cell, { worker: changed(cell.worker, ({ spec }) => by(spec.template.spec)) })

cases(rule, {
  passes: {
    'a cell without an account': all(cell),
    'accounts and rights of others': [
      ...account('kura-data'),
      ...binding({ kind: 'ServiceAccount', name: 'web', namespace: 'kura-data' }),
      ...binding({ kind: 'User', name: 'kura-cell-nishi' }),
    ],
    'the account that every namespace has, without its token': pod((spec) => {
      spec.serviceAccountName = 'default'
    }),
  },
  breaks: {
    'an account': [
      account('kura-cell-nishi'),
      'account: metadata.namespace is "kura-cell-nishi"; write no account in a cell.',
    ],
    'a right of an account': [
      binding({ kind: 'ServiceAccount', name: 'default', namespace: 'kura-cell-nishi' }),
      'binding: subjects[0] holds accounts of kura-cell-nishi; write none of a cell.',
    ],
    'a right of all its accounts': [
      binding({ kind: 'Group', name: 'system:serviceaccounts:kura-cell-nishi' }),
      /subjects\[0\] holds accounts of kura-cell-nishi/,
    ],
    'a token': [
      pod((spec) => {
        delete spec.automountServiceAccountToken
      }),
      'kura-cell-nishi-worker: spec.template.spec.automountServiceAccountToken is not set; write false.',
    ],
    'a named account': [
      pod((spec) => {
        spec.serviceAccountName = 'web'
      }),
      'kura-cell-nishi-worker: spec.template.spec.serviceAccountName is "web"; write none.',
    ],
  },
})
