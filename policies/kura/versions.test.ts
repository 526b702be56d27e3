import { expect, test } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { isExact } from './versions.ts'

test.each(['0.1.0', 'v3.30.3', '4.1-p2', '4.2.9-management', 'distroless-v1.39.3', '20260930'])(
  '%s is exact',
  (version) => expect(isExact(version)).toBe(true),
)

test.each([undefined, '', 'latest', '17', '1.29', 'v3', '4.1-management', 'master', 'stable-2.x'])(
  '%s may float',
  (version) => expect(isExact(version)).toBe(false),
)

test('three numbers are exact, and two are not, whatever stands around them', () => {
  const number = fc.nat({ max: 9999 })
  fc.assert(
    fc.property(number, number, number, fc.constantFrom('', 'v', 'alpine-'), (major, minor, patch, before) => {
      expect(isExact(`${before}${major}.${minor}.${patch}`)).toBe(true)
      expect(isExact(`${before}${major}.${minor}`)).toBe(false)
    }),
  )
})
