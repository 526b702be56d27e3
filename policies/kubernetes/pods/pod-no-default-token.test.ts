import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { cronJob, deployment, pod } from '../../../test/support/workloads.ts'
import rule from './pod-no-default-token.ts'

cases(rule, {
  passes: {
    'pods without a token': deployment({ automountServiceAccountToken: false, serviceAccountName: 'default' }),
    'pods with an account of their own': deployment({ serviceAccountName: 'web' }),
    'pods that ask for the token of such an account': pod({
      serviceAccountName: 'web',
      automountServiceAccountToken: true,
    }),
    'an account under its old name': deployment({ serviceAccount: 'web' }),
    'an account that nobody knows yet, of pods without a token': deployment({
      automountServiceAccountToken: false,
      serviceAccountName: UNKNOWN,
    }),
  },
  breaks: {
    'pods that say nothing': [
      deployment({}),
      'web: spec.template.spec.automountServiceAccountToken is not set; write false, or the serviceAccountName of an account that is its own.',
    ],
    "the token of the namespace's account": [
      cronJob({ automountServiceAccountToken: true, serviceAccountName: 'default' }),
      /^nightly: .*automountServiceAccountToken is true/,
    ],
    'an empty name': [pod({ serviceAccountName: '' }), /^debug: spec.automountServiceAccountToken is not set/],
    'an account that nobody knows yet': [deployment({ serviceAccountName: UNKNOWN }), /^Could not be judged: web/],
  },
})
