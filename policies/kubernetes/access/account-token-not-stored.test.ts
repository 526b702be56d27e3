import { core } from '@pulumi/kubernetes'
import { cases, declared, secret, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './account-token-not-stored.ts'

const stored = (type?: string) => declared(core.v1.Secret, 'token', { type, stringData: secret({ token: 'a-b-c-d' }) })

cases(rule, {
  passes: {
    'a secret of no type': stored(),
    'a registry login': stored('kubernetes.io/dockerconfigjson'),
    'a secret whose content nobody knows yet': declared(core.v1.Secret, 'token', { stringData: UNKNOWN }),
  },
  breaks: {
    'a token without an end': [
      stored('kubernetes.io/service-account-token'),
      'token: type is "kubernetes.io/service-account-token"; write a projected volume with a serviceAccountToken in the pod instead.',
    ],
    'a type that nobody knows yet': [
      stored(UNKNOWN),
      'Could not be judged: token: type is not known before the deployment.',
    ],
  },
})
