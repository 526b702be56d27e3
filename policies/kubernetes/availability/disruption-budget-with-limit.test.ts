import { policy } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './disruption-budget-with-limit.ts'

const budget = (spec?: object) => declared(policy.v1.PodDisruptionBudget, 'budget', { spec })
const told = 'budget: spec.maxUnavailable is not set; write how many pods may be away, such as 1.'

cases(rule, {
  passes: {
    'how many may be away': budget({ maxUnavailable: 1 }),
    'none that may be away, which is another matter': budget({ maxUnavailable: 0 }),
    'how many must be there': budget({ minAvailable: '50%' }),
    'a limit that nobody knows yet': budget({ maxUnavailable: UNKNOWN }),
  },
  breaks: {
    'no limit': [budget({ selector: {} }), told],
    'no specification': [budget(), told],
    'a specification that nobody knows yet': [
      declared(policy.v1.PodDisruptionBudget, 'budget', { spec: UNKNOWN }),
      'Could not be judged: budget: spec is not known before the deployment.',
    ],
  },
})
