import { autoscaling } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './autoscaler-has-room.ts'

const autoscaler = (minReplicas: unknown, maxReplicas: unknown) =>
  declared(autoscaling.v2.HorizontalPodAutoscaler, 'autoscaler', { spec: { minReplicas, maxReplicas } })
const told = (most: number, least: number) =>
  `autoscaler: spec.maxReplicas is ${most}; write more than minReplicas, which is ${least}.`

cases(rule, {
  passes: { 'one more': autoscaler(2, 3), 'two without a lower end': autoscaler(undefined, 2) },
  breaks: {
    'as many': [autoscaler(3, 3), told(3, 3)],
    fewer: [autoscaler(3, 2), told(2, 3)],
    'one without a lower end': [autoscaler(undefined, 1), told(1, 1)],
    'a number that nobody knows yet': [
      autoscaler(2, UNKNOWN),
      'Could not be judged: autoscaler: spec.maxReplicas is not known before the deployment.',
    ],
  },
})
