import { core } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './account-token-not-mounted.ts'

const account = (automountServiceAccountToken?: unknown) =>
  declared(core.v1.ServiceAccount, 'web', { automountServiceAccountToken })

cases(rule, {
  passes: { 'an account whose token nobody gets unasked': account(false) },
  breaks: {
    'an account that says nothing': [
      account(),
      'web: automountServiceAccountToken is not set; write false, and true in the pods that speak to Kubernetes.',
    ],
    'an account that gives it to all': [
      account(true),
      'web: automountServiceAccountToken is true; write false, and true in the pods that speak to Kubernetes.',
    ],
    'a value that nobody knows yet': [
      account(UNKNOWN),
      'Could not be judged: web: automountServiceAccountToken is not known before the deployment.',
    ],
  },
})
