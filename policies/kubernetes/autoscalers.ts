import { autoscaling } from '@pulumi/kubernetes'
import type { PolicyResource } from '@pulumi/policy'
import type { Declared, Stack } from '../rule/index.ts'
import { namespaceOf, objectName } from './objects.ts'

export const AUTOSCALERS = [autoscaling.v1.HorizontalPodAutoscaler, autoscaling.v2.HorizontalPodAutoscaler]
export type Autoscaler = Declared<(typeof AUTOSCALERS)[number]>

/** Whether an autoscaler is for a workload. */
export function scales(autoscaler: Autoscaler, workload: { resource: PolicyResource }): boolean {
  const { name, kind } = autoscaler.props.spec?.scaleTargetRef ?? {}
  return (
    name === objectName(workload) &&
    workload.resource.type.endsWith(`:${kind}`) &&
    namespaceOf(autoscaler) === namespaceOf(workload)
  )
}

/** How few pods a workload has: as few as its autoscaler leaves it where it has one, else as many as it says. */
export function fewest(
  stack: Stack,
  workload: { resource: PolicyResource; replicas: number | undefined },
): number | undefined {
  const autoscaler = stack.of(AUTOSCALERS).find((one) => scales(one, workload))
  return autoscaler ? (autoscaler.props.spec?.minReplicas ?? 1) : workload.replicas
}
