import { apps, autoscaling, core } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './deployment-replicated.ts'

const deployment = (replicas?: unknown, strategy?: object) =>
  declared(apps.v1.Deployment, 'site', {
    metadata: { name: 'site', namespace: 'web' },
    spec: { replicas, strategy, template: { metadata: { labels: { app: 'site' } }, spec: { containers: [] } } },
  })
const service = (namespace = 'web') =>
  declared(core.v1.Service, 'service', { metadata: { namespace }, spec: { selector: { app: 'site' } } })
const autoscaler = (minReplicas?: number) =>
  declared(autoscaling.v2.HorizontalPodAutoscaler, 'autoscaler', {
    metadata: { namespace: 'web' },
    spec: { minReplicas, maxReplicas: 9, scaleTargetRef: { kind: 'Deployment', name: 'site' } },
  })
const told = (replicas: number, least = 2) =>
  `site: spec.replicas is ${replicas}; write ${least} or more, strategy "Recreate" if two would do harm, ` +
  'or its name in the setting `single`.'

cases(rule, {
  passes: {
    'two pods': [deployment(2), service()],
    'a worker, for which nobody waits': deployment(1),
    'a Service of another namespace': [deployment(1), service('mail')],
    'one that must not run twice': [deployment(1, { type: 'Recreate' }), service()],
    'two that an autoscaler leaves': [deployment(), service(), autoscaler(2)],
  },
  breaks: {
    'one pod': [[deployment(1), service()], told(1)],
    'no number, which is one': [[deployment(), service()], told(1)],
    'none at all': [[deployment(0), service()], told(0)],
    'one that an autoscaler leaves': [[deployment(), service(), autoscaler()], told(1)],
    'a number that nobody knows yet': [
      [deployment(UNKNOWN), service()],
      /^Could not be judged: site: .*spec.replicas is not known before the deployment\.$/,
    ],
  },
})
cases(rule, {
  config: { least: 3, single: ['other'] },
  passes: { 'as many as are asked for': [deployment(3), service()] },
  breaks: { 'fewer than are asked for': [[deployment(2), service()], told(2, 3)] },
})
cases(rule, {
  config: { single: ['site'] },
  passes: { 'one that is to be single': [deployment(1), service()] },
  breaks: {},
})
