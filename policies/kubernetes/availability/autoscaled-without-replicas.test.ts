import { apps, autoscaling } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './autoscaled-without-replicas.ts'

const site = (replicas?: unknown, ignoreChanges: string[] = []) =>
  declared(
    apps.v1.Deployment,
    'pods',
    { metadata: { name: 'site', namespace: 'web' }, spec: { replicas } },
    { ignoreChanges },
  )
const autoscaler = (name: unknown = 'site') =>
  declared(autoscaling.v2.HorizontalPodAutoscaler, 'autoscaler', {
    metadata: { namespace: 'web' },
    spec: { maxReplicas: 9, scaleTargetRef: { kind: 'Deployment', name } },
  })
const told =
  'pods: spec.replicas holds a number of its own; write none, or ignoreChanges ["spec.replicas"]: autoscaler scales it.'

cases(rule, {
  passes: {
    'no number': [site(), autoscaler()],
    'a number without an autoscaler': site(2),
    'a number beside the autoscaler of another': [site(2), autoscaler('mail')],
    'a number for the beginning alone': [site(2, ['spec.replicas']), autoscaler()],
  },
  breaks: {
    'a number': [[site(2), autoscaler()], told],
    'a number that nobody knows yet': [[site(UNKNOWN), autoscaler()], told],
    'a target that nobody knows yet': [
      [site(2), autoscaler(UNKNOWN)],
      /^Could not be judged: stack: .*scaleTargetRef.name is not known before the deployment\.$/,
    ],
  },
})
