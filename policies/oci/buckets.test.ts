import { objectstorage } from '@pulumi/oci'
import type { PolicyResource } from '@pulumi/policy'
import { expect, test } from 'vitest'
import { declared } from '../../test/support/rule.ts'
import type { Declared } from '../rule/index.ts'
import { Stack } from '../rule/stack.ts'
import { isReplica } from './buckets.ts'

const given = (name: string, inputs: object) => {
  const { urn, type } = declared(objectstorage.Bucket, name)
  return { name, urn, type, props: inputs, propertyDependencies: {} } as unknown as PolicyResource
}
const policy = (destinationBucketName: string, ...linked: PolicyResource[]) =>
  ({
    ...given('copies', { destinationBucketName }),
    type: declared(objectstorage.ReplicationPolicy, 'copies').type,
    propertyDependencies: { destinationBucketName: linked },
  }) as PolicyResource
const copy = given('copy', { name: 'theses-osaka' })
const other = given('other', { name: 'theses-tokyo' })
const isCopied = (to: PolicyResource, by: PolicyResource) =>
  isReplica(new Stack([copy, other, by]), { ...to, resource: to } as unknown as Declared<typeof objectstorage.Bucket>)

test('a bucket is a copy where a policy gets its name from it', () => {
  expect(isCopied(copy, policy('not read', copy))).toBe(true)
  expect(isCopied(other, policy('theses-tokyo', copy))).toBe(false)
})

test('a bucket is a copy where a policy names it in plain text', () => {
  expect(isCopied(copy, policy('theses-osaka'))).toBe(true)
  expect(isCopied(other, policy('theses-osaka'))).toBe(false)
})

test('a bucket without a name of its own is named by nobody', () => {
  expect(isCopied(given('copy', {}), policy('theses-osaka'))).toBe(false)
})
