import { expect, test } from 'vitest'
import { takesTags } from './taggable.ts'

test('knows which types of Oracle take tags', () => {
  expect(takesTags('oci:Core/vcn:Vcn')).toBe(true)
  expect(takesTags('oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule')).toBe(false)
  expect(takesTags('kubernetes:core/v1:Secret')).toBe(false)
})
