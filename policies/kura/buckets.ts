import { objectstorage } from '@pulumi/oci'
import type { Declared, PropsOf, Stack } from '../rule/index.ts'

export type Bucket = Declared<typeof objectstorage.Bucket>
export type LifecycleRule = NonNullable<PropsOf<typeof objectstorage.ObjectLifecyclePolicy>['rules']>[number]

const DAYS: Record<string, number> = { DAYS: 1, YEARS: 365 }

/** Days of a time as Object Storage writes it; none is for ever. */
export function daysOf(time: { timeAmount: string | number; timeUnit: string } | undefined): number {
  return time ? Number(time.timeAmount) * (DAYS[time.timeUnit] ?? Number.NaN) : Number.POSITIVE_INFINITY
}

/** What happens with age to all objects of a bucket: rules that are on, and not for some names alone. */
export function lifecycleOf(stack: Stack, bucket: Bucket): LifecycleRule[] {
  return stack
    .of(objectstorage.ObjectLifecyclePolicy)
    .filter((policy) => stack.linked(policy, 'bucket', objectstorage.Bucket).some(({ urn }) => urn === bucket.urn))
    .flatMap(({ props }) => props.rules ?? [])
    .filter(({ isEnabled, objectNameFilter }) => isEnabled && !objectNameFilter)
}

/** Days for which nothing in a bucket can be changed; 0 where no rule retains it. */
export function retainedDays({ props }: Bucket): number {
  return Math.max(0, ...(props.retentionRules ?? []).map(({ duration }) => daysOf(duration)))
}

/** Where a bucket is copied to. Oracle Cloud lets such a bucket have neither versions nor retention. */
export function replicasOf(stack: Stack, bucket: Bucket): Bucket[] {
  return stack
    .of(objectstorage.ReplicationPolicy)
    .filter((policy) => stack.linked(policy, 'bucket', objectstorage.Bucket).some(({ urn }) => urn === bucket.urn))
    .flatMap((policy) => stack.linked(policy, 'destinationBucketName', objectstorage.Bucket))
}
