import { apps, autoscaling, policy } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './disruption-budget-allows-one.ts'

const site = (replicas?: number) =>
  declared(apps.v1.Deployment, 'site', {
    metadata: { name: 'site', namespace: 'web' },
    spec: { replicas, template: { metadata: { labels: { app: 'site' } }, spec: { containers: [] } } },
  })
const budget = (spec: object) =>
  declared(policy.v1.PodDisruptionBudget, 'budget', {
    metadata: { namespace: 'web' },
    spec: { selector: { matchLabels: { app: 'site' } }, ...spec },
  })
const autoscaler = declared(autoscaling.v2.HorizontalPodAutoscaler, 'autoscaler', {
  metadata: { namespace: 'web' },
  spec: { minReplicas: 2, maxReplicas: 9, scaleTargetRef: { kind: 'Deployment', name: 'site' } },
})
const told = (at: string, is: string, pods: string) =>
  `budget: spec.${at} is ${is}; write maxUnavailable 1: site has ${pods}, and none may be away.`

cases(rule, {
  passes: {
    'one that may be away': [site(2), budget({ maxUnavailable: 1 })],
    'a single one that may be away': [site(1), budget({ maxUnavailable: 1 })],
    'a share, which is rounded up': [site(3), budget({ maxUnavailable: '1%' })],
    'one fewer than there are': [site(3), budget({ minAvailable: 2 })],
    'half of three': [site(3), budget({ minAvailable: '50%' })],
    'a budget for no pods, which is another matter': budget({ maxUnavailable: 0 }),
    'one fewer than an autoscaler leaves': [site(), autoscaler, budget({ minAvailable: 1 })],
  },
  breaks: {
    'none that may be away': [[site(3), budget({ maxUnavailable: 0 })], told('maxUnavailable', '0', '3 pods')],
    'no share': [[site(3), budget({ maxUnavailable: '0%' })], told('maxUnavailable', '"0%"', '3 pods')],
    'all that there are': [[site(2), budget({ minAvailable: 2 })], told('minAvailable', '2', '2 pods')],
    'the whole share': [[site(2), budget({ minAvailable: '100%' })], told('minAvailable', '"100%"', '2 pods')],
    'half of one, which is one': [[site(1), budget({ minAvailable: '50%' })], told('minAvailable', '"50%"', '1 pod')],
    'all that an autoscaler leaves': [
      [site(), autoscaler, budget({ minAvailable: 2 })],
      told('minAvailable', '2', '2 pods'),
    ],
    'a limit that nobody knows yet': [
      [site(2), budget({ maxUnavailable: UNKNOWN })],
      'Could not be judged: budget: spec.maxUnavailable is not known before the deployment.',
    ],
  },
})
