import { apps, batch, networking } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './pod-isolated.ts'

const deployment = (labels: object, spec: object = {}, namespace: unknown = 'web', name = 'site') =>
  declared(apps.v1.Deployment, name, {
    metadata: { namespace },
    spec: { template: { metadata: { labels }, spec: { containers: [], ...spec } } },
  })
const policy = (spec: object) =>
  declared(networking.v1.NetworkPolicy, 'policy', {
    metadata: { namespace: 'web' },
    spec: { policyTypes: ['Ingress', 'Egress'], ...spec },
  })
const ALL = policy({ podSelector: {} })
const SITE = policy({ podSelector: { matchLabels: { app: 'site' } } })
const told = (name: string, direction: string, namespace = 'web') =>
  `${name} has no network policy for its pods' ${direction.toLowerCase()}; write a NetworkPolicy of the namespace ` +
  `${namespace} that selects them, with policyTypes ["${direction}"].`
const queue = declared('kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster', 'queue', {
  metadata: { name: 'queue', namespace: 'web' },
})

cases(rule, {
  passes: {
    'pods that a policy selects': [deployment({ app: 'site', tier: 'front' }), SITE],
    'pods of a namespace that denies all': [deployment({}), ALL],
    "pods on their nodes' network, which policies do not concern": deployment({}, { hostNetwork: true }),
    "an operator's pods": [
      queue,
      policy({ podSelector: { matchLabels: { 'app.kubernetes.io/component': 'rabbitmq' } } }),
    ],
  },
  breaks: {
    'pods without a policy': [deployment({}), told('site', 'Ingress'), told('site', 'Egress')],
    'pods whose policy says nothing of what goes out': [
      [deployment({ app: 'site' }), policy({ podSelector: {}, policyTypes: ['Ingress'] })],
      told('site', 'Egress'),
    ],
    'pods whose policy selects others': [
      [deployment({ app: 'sites' }), SITE],
      told('site', 'Ingress'),
      told('site', 'Egress'),
    ],
    'pods in another namespace': [
      [deployment({ app: 'site' }, {}, 'mail'), ALL],
      told('site', 'Ingress', 'mail'),
      told('site', 'Egress', 'mail'),
    ],
    "a job's pods": [
      declared(batch.v1.CronJob, 'nightly', {
        metadata: { namespace: 'web' },
        spec: { jobTemplate: { spec: { template: { spec: { containers: [] } } } } },
      }),
      told('nightly', 'Ingress'),
      told('nightly', 'Egress'),
    ],
    "an operator's pods without one": [[queue, SITE], told('queue', 'Ingress'), told('queue', 'Egress')],
    'a namespace that nobody knows yet, which hides no other pods': [
      [deployment({}, {}, UNKNOWN), deployment({}, {}, 'mail', 'other'), ALL],
      /^Could not be judged: site: .*metadata.namespace is not known before the deployment\.$/,
      told('other', 'Ingress', 'mail'),
      told('other', 'Egress', 'mail'),
    ],
  },
})
