import type { PolicyResource, ResourceValidationArgs } from '@pulumi/policy'
import { type Pods, podsOf, WORKLOADS } from '../kubernetes/pods.ts'
import type { Stack } from '../rule/index.ts'

/** Pods of a workload of the stack. */
export type StackPods = Omit<Pods, 'resource'> & { resource: PolicyResource }

/** The pods of every workload of the stack. */
export function podsIn(stack: Stack): StackPods[] {
  return stack.of(WORKLOADS).flatMap(({ resource }) => {
    // Type and properties, which are read here, are the same in both.
    const pods = podsOf(resource as unknown as ResourceValidationArgs)
    return pods ? [{ ...pods, resource }] : []
  })
}
