import { objectstorage } from '@pulumi/oci'
import type { Declared, Kind, Stack } from '../rule/index.ts'

type Bucket = Declared<typeof objectstorage.Bucket>

/** Whether a property of another resource names a bucket. */
export function namesBucket(
  stack: Stack,
  from: Declared<Kind>,
  property: string,
  { urn, props: { name } }: Bucket,
): boolean {
  const linked = stack.linked(from, property, objectstorage.Bucket)
  if (linked.length > 0) return linked.some((to) => to.urn === urn)
  return name !== undefined && (from.props as Record<string, unknown>)[property] === name
}

/**
 * Whether a bucket is what another one is copied to: nobody but Object Storage itself writes to it, and it can have
 * neither versions nor retention rules.
 */
export function isReplica(stack: Stack, bucket: Bucket): boolean {
  return stack
    .of(objectstorage.ReplicationPolicy)
    .some((policy) => namesBucket(stack, policy, 'destinationBucketName', bucket))
}
