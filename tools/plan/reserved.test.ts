import { expect, test } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { allocatable } from './reserved.ts'

test("the operators' nodes keep what Oracle's table says", () => {
  // 85 + 5 + 11 × 2.5 and 100 of CPU; of 64 GiB, 5 GiB lie on the line between 16 and 128.
  expect(allocatable(16, 64)).toEqual({ cpu: 16_000 - 117 - 1 - 100, memory: Math.floor(62_796.8 - 5120 - 200) })
  expect(allocatable(4, 16)).toEqual({ cpu: 4000 - 85 - 100, memory: Math.floor(15_699.2 - 2048 - 200) })
})

test('a larger node never gives its pods less, and no node more than it has', () => {
  const nodes = fc.tuple(fc.integer({ min: 1, max: 128 }), fc.integer({ min: 2, max: 1024 }))
  fc.assert(
    fc.property(nodes, ([vcpu, gib]) => {
      const room = allocatable(vcpu, gib)
      const larger = allocatable(vcpu + 1, gib + 1)
      expect(room.cpu).toBeLessThan(vcpu * 1000)
      expect(room.memory).toBeLessThan(gib * 1024)
      expect(larger.cpu).toBeGreaterThan(room.cpu)
      expect(larger.memory).toBeGreaterThanOrEqual(room.memory)
    }),
  )
})
