import { apps, helm, networking } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './network-policy-selects-pods.ts'

const policy = (podSelector: unknown) =>
  declared(networking.v1.NetworkPolicy, 'policy', { metadata: { namespace: 'web' }, spec: { podSelector } })
const site = (namespace = 'web') =>
  declared(apps.v1.Deployment, 'site', {
    metadata: { namespace },
    spec: { template: { metadata: { labels: { app: 'site' } }, spec: { containers: [] } } },
  })
const SITE = { matchLabels: { app: 'site' } }
const gateway = declared('kubernetes:gateway.networking.k8s.io/v1:Gateway', 'edge', {
  metadata: { name: 'edge', namespace: 'web' },
  spec: { infrastructure: { parametersRef: { kind: 'EnvoyProxy', name: 'edge' } } },
})
const proxy = declared('kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyProxy', 'proxy', {
  metadata: { name: 'edge', namespace: 'web' },
  spec: {},
})

cases(rule, {
  passes: {
    'pods of the namespace': [policy(SITE), site()],
    'a policy for all pods, of which there are none': policy({}),
    'pods of a chart, which do not show': [policy(SITE), declared(helm.v3.Release, 'chart', { namespace: 'web' })],
    "an operator's pods": [policy({ matchLabels: { 'app.kubernetes.io/name': 'envoy' } }), gateway, proxy],
  },
  breaks: {
    'a label that no pod bears': [
      [policy({ matchLabels: { app: 'sites' } }), site()],
      'policy: spec.podSelector is {"matchLabels":{"app":"sites"}}; write labels of pods in the namespace web.',
    ],
    'pods of another namespace': [
      [policy(SITE), site('mail')],
      'policy: spec.podSelector is {"matchLabels":{"app":"site"}}; write labels of pods in the namespace web.',
    ],
    'a selector that nobody knows yet': [
      [policy(UNKNOWN), site()],
      'Could not be judged: policy: spec.podSelector is not known before the deployment.',
    ],
  },
})
cases(rule, {
  config: { elsewhere: ['web'] },
  passes: { 'pods that something else makes': policy(SITE) },
  breaks: {},
})
