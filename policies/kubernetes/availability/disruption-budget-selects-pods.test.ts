import { apps, helm, policy } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './disruption-budget-selects-pods.ts'

const site = declared(apps.v1.Deployment, 'site', {
  metadata: { namespace: 'web' },
  spec: { replicas: 2, template: { metadata: { labels: { app: 'site' } }, spec: { containers: [] } } },
})
const budget = (selector?: unknown, namespace = 'web') =>
  declared(policy.v1.PodDisruptionBudget, 'budget', { metadata: { namespace }, spec: { maxUnavailable: 1, selector } })
const SITE = { matchLabels: { app: 'site' } }

cases(rule, {
  passes: {
    'pods that there are': [site, budget(SITE)],
    'pods of a chart, which do not show': [budget(SITE), declared(helm.v3.Release, 'chart', { namespace: 'web' })],
  },
  breaks: {
    'a label that no pod bears': [
      [site, budget({ matchLabels: { app: 'sites' } })],
      'budget: spec.selector is {"matchLabels":{"app":"sites"}}; write labels of pods in the namespace web.',
    ],
    'another namespace': [
      [site, budget(SITE, 'mail')],
      'budget: spec.selector is {"matchLabels":{"app":"site"}}; write labels of pods in the namespace mail.',
    ],
    'no selector': [[site, budget()], 'budget: spec.selector is not set; write labels of pods in the namespace web.'],
    'a selector that nobody knows yet': [
      [site, budget(UNKNOWN)],
      'Could not be judged: budget: spec.selector is not known before the deployment.',
    ],
  },
})
cases(rule, {
  config: { elsewhere: ['mail'] },
  passes: { 'pods that something else makes': budget(SITE, 'mail') },
  breaks: {},
})
