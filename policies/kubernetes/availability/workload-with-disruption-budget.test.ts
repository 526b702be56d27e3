import { apps, autoscaling, policy } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './workload-with-disruption-budget.ts'

const workload = (
  replicas?: unknown,
  kind: typeof apps.v1.Deployment | typeof apps.v1.StatefulSet = apps.v1.Deployment,
) =>
  declared(kind, 'site', {
    metadata: { name: 'site', namespace: 'web' },
    spec: { replicas, template: { metadata: { labels: { app: 'site' } }, spec: { containers: [] } } },
  })
const budget = (selector?: object, namespace = 'web') =>
  declared(policy.v1.PodDisruptionBudget, 'budget', { metadata: { namespace }, spec: { maxUnavailable: 1, selector } })
const SITE = { matchLabels: { app: 'site' } }
const autoscaler = (minReplicas?: number) =>
  declared(autoscaling.v2.HorizontalPodAutoscaler, 'autoscaler', {
    metadata: { namespace: 'web' },
    spec: { minReplicas, maxReplicas: 9, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'site' } },
  })
const told = (name: string, replicas: number) =>
  `${name} has no disruption budget for its ${replicas} pods; write a PodDisruptionBudget that selects them, with maxUnavailable 1.`
const rabbitmq = declared('kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster', 'queue', {
  metadata: { name: 'queue', namespace: 'web' },
  spec: { replicas: 3 },
})

cases(rule, {
  passes: {
    'a budget for its pods': [workload(2), budget(SITE)],
    'a budget for all pods of the namespace': [workload(2), budget({})],
    'a single pod': workload(1),
    'no number, which is one': workload(),
    'what an autoscaler may leave a single pod': [workload(), autoscaler()],
    'what an operator sees to': declared('kubernetes:acid.zalan.do/v1:postgresql', 'db', {
      metadata: { namespace: 'web' },
      spec: { numberOfInstances: 3 },
    }),
    "an operator's pods with a budget": [
      rabbitmq,
      budget({ matchLabels: { 'app.kubernetes.io/name': 'queue', 'app.kubernetes.io/component': 'rabbitmq' } }),
    ],
  },
  breaks: {
    'two pods': [workload(2), told('site', 2)],
    'a StatefulSet of three': [workload(3, apps.v1.StatefulSet), told('site', 3)],
    'what an autoscaler leaves two pods': [[workload(), autoscaler(2)], told('site', 2)],
    'a budget for others': [[workload(2), budget({ matchLabels: { app: 'mail' } })], told('site', 2)],
    'a budget of another namespace': [[workload(2), budget(SITE, 'mail')], told('site', 2)],
    'a budget without a selector, which is for none': [[workload(2), budget()], told('site', 2)],
    "an operator's pods": [rabbitmq, told('queue', 3)],
    'a number that nobody knows yet': [
      workload(UNKNOWN),
      /^Could not be judged: site: .*spec.replicas is not known before the deployment\.$/,
    ],
  },
})
