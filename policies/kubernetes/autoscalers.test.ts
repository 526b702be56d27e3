import { apps, autoscaling } from '@pulumi/kubernetes'
import { expect, it } from 'vitest'
import { declared } from '../../test/support/rule.ts'
import { stackOf } from '../../test/support/stack.ts'
import { fewestIn } from './autoscalers.ts'

const deployment = declared(apps.v1.Deployment, 'site', { metadata: { namespace: 'web' } })
const autoscaler = (minReplicas?: number, target: object = {}, namespace = 'web') =>
  declared(autoscaling.v2.HorizontalPodAutoscaler, 'autoscaler', {
    metadata: { namespace },
    spec: { minReplicas, maxReplicas: 9, scaleTargetRef: { kind: 'Deployment', name: 'site', ...target } },
  })

it.each([
  ['as many as it says', [], 5],
  ['as few as its autoscaler leaves', [autoscaler(2)], 2],
  ['one where that says nothing', [autoscaler()], 1],
  ["as many as it says beside another's", [autoscaler(2, { name: 'mail' })], 5],
  ["as many as it says beside another kind's", [autoscaler(2, { kind: 'StatefulSet' })], 5],
  ["as many as it says beside another namespace's", [autoscaler(2, {}, 'mail')], 5],
])('a workload has %s', (_what, autoscalers, expected) => {
  const stack = stackOf(deployment, ...autoscalers)
  const [found] = stack.of(apps.v1.Deployment)
  expect(found && fewestIn(stack)({ ...found, replicas: 5 })).toBe(expected)
})
