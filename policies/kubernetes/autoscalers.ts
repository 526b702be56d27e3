import { autoscaling } from '@pulumi/kubernetes'
import type { PolicyResource } from '@pulumi/policy'
import type { Declared, Stack } from '../rule/index.ts'
import { namespaceOf, objectName } from './objects.ts'

export const AUTOSCALERS = [autoscaling.v1.HorizontalPodAutoscaler, autoscaling.v2.HorizontalPodAutoscaler]

/** What an autoscaler scales, by {@link keyOf}. */
export function targetOf(autoscaler: Declared<(typeof AUTOSCALERS)[number]>): string {
  const { kind, name } = autoscaler.props.spec?.scaleTargetRef ?? {}
  return `${namespaceOf(autoscaler)}/${kind}/${name}`
}

/** A workload by its namespace, its kind and its name. */
export function keyOf(workload: { resource: PolicyResource }): string {
  const [, , kind] = workload.resource.type.split(':')
  return `${namespaceOf(workload)}/${kind}/${objectName(workload)}`
}

/** Tells how few pods a workload has: as few as its autoscaler leaves it where it has one, else as many as it says. */
export function fewestIn(
  stack: Stack,
): (workload: { resource: PolicyResource; replicas: number | undefined }) => number | undefined {
  const least = new Map(stack.of(AUTOSCALERS).map((one) => [targetOf(one), one.props.spec?.minReplicas ?? 1]))
  return (workload) => (least.size ? least.get(keyOf(workload)) : undefined) ?? workload.replicas
}
