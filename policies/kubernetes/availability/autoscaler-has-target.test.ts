import { apps, autoscaling, helm } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './autoscaler-has-target.ts'

const autoscaler = (
  scaleTargetRef: object,
  kind: typeof autoscaling.v1.HorizontalPodAutoscaler | typeof autoscaling.v2.HorizontalPodAutoscaler = autoscaling.v2
    .HorizontalPodAutoscaler,
) => declared(kind, 'autoscaler', { metadata: { namespace: 'web' }, spec: { maxReplicas: 9, scaleTargetRef } })
const site = (namespace = 'web') =>
  declared(apps.v1.Deployment, 'pods', { metadata: { name: 'site', namespace }, spec: {} })
const SITE = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'site' }
const told = (target: string) =>
  `autoscaler: spec.scaleTargetRef is "${target}"; write a workload of the namespace web.`

cases(rule, {
  passes: {
    'a Deployment': [autoscaler(SITE), site()],
    'a Deployment, by the first version': [autoscaler(SITE, autoscaling.v1.HorizontalPodAutoscaler), site()],
    'a custom resource': [
      autoscaler({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'site' }),
      declared('kubernetes:argoproj.io/v1alpha1:Rollout', 'rollout', { metadata: { name: 'site', namespace: 'web' } }),
    ],
    'a workload of a chart, which does not show': [
      autoscaler(SITE),
      declared(helm.v3.Release, 'chart', { namespace: 'web' }),
    ],
  },
  breaks: {
    nothing: [autoscaler(SITE), told('Deployment site')],
    'another name': [[autoscaler({ ...SITE, name: 'sites' }), site()], told('Deployment sites')],
    'another kind': [[autoscaler({ ...SITE, kind: 'StatefulSet' }), site()], told('StatefulSet site')],
    'another namespace': [[autoscaler(SITE), site('mail')], told('Deployment site')],
    'a name that nobody knows yet': [
      [autoscaler({ ...SITE, name: UNKNOWN }), site()],
      'Could not be judged: autoscaler: spec.scaleTargetRef.name is not known before the deployment.',
    ],
  },
})
cases(rule, {
  config: { elsewhere: ['web'] },
  passes: { 'a workload that something else makes': autoscaler(SITE) },
  breaks: {},
})
