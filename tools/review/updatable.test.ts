import { expect, test } from 'vitest'
import { isUpdatable } from './updatable.ts'

test("the marks of Oracle's package are read, nested ones too", () => {
  const pool = 'oci:ContainerEngine/nodePool:NodePool'
  expect(isUpdatable(pool, ['nodeConfigDetails', 'size'])).toBe(true)
  expect(isUpdatable(pool, ['nodeConfigDetails', 'computeClusterId'])).toBe(false)
  expect(isUpdatable(pool, ['nodeConfigDetails', 'placementConfigs', 0, 'subnetId'])).toBe(true)
  expect(isUpdatable(pool, ['clusterId'])).toBe(false)
  expect(isUpdatable(pool, ['freeformTags', 'any.thing'])).toBe(true)
})

test('nothing is said of what the package does not have, or does not mark at all', () => {
  expect(isUpdatable('oci:Moon/base:Base', ['name'])).toBeUndefined()
  expect(isUpdatable('oci:ObjectStorage/bucket:Bucket', ['colour'])).toBeUndefined()
  expect(isUpdatable('oci:Core/defaultSecurityList:DefaultSecurityList', ['displayName'])).toBeUndefined()
})
