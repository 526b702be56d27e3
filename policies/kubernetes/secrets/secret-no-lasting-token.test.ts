import { core } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './secret-no-lasting-token.ts'

const secretOf = (type?: string) => declared(core.v1.Secret, 'token', { type, stringData: UNKNOWN })

cases(rule, {
  passes: {
    'a Secret that says nothing of its type': secretOf(),
    'a Secret of another type': secretOf('kubernetes.io/tls'),
  },
  breaks: {
    'the token of a service account': [
      secretOf('kubernetes.io/service-account-token'),
      'token: type is "kubernetes.io/service-account-token"; write no such Secret, and project a serviceAccountToken into the pod.',
    ],
    'a type that nobody knows yet': [secretOf(UNKNOWN), /^Could not be judged: token: type is not known/],
  },
})
