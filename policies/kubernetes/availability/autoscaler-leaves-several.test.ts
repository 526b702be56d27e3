import { autoscaling } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './autoscaler-leaves-several.ts'

const autoscaler = (minReplicas?: unknown) =>
  declared(autoscaling.v2.HorizontalPodAutoscaler, 'autoscaler', { spec: { minReplicas, maxReplicas: 9 } })

cases(rule, {
  passes: { 'two pods': autoscaler(2) },
  breaks: {
    'one pod': [autoscaler(1), 'autoscaler: spec.minReplicas is 1; write 2 or more.'],
    'no number, which is one': [autoscaler(), 'autoscaler: spec.minReplicas is not set; write 2 or more.'],
    'a number that nobody knows yet': [
      autoscaler(UNKNOWN),
      'Could not be judged: autoscaler: spec.minReplicas is not known before the deployment.',
    ],
  },
})
cases(rule, {
  config: { least: 3 },
  passes: { 'as many as are asked for': autoscaler(3) },
  breaks: { 'fewer than are asked for': [autoscaler(2), 'autoscaler: spec.minReplicas is 2; write 3 or more.'] },
})
