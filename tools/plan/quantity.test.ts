import { expect, test } from 'vitest'
import { cpu, memory } from '../../infra/units.ts'
import { fc } from '../../test/support/property.ts'
import { gibi, mebi, milli, quantity } from './quantity.ts'

test.each([
  ['500m', 0.5],
  ['2', 2],
  [2, 2],
  ['.5', 0.5],
  ['1.5', 1.5],
  ['1e3', 1000],
  ['2E2', 200],
  ['1k', 1000],
  ['1Ki', 1024],
  ['64Mi', 64 * 2 ** 20],
  ['1.5Gi', 1.5 * 2 ** 30],
  ['1E', 1e18],
])('%s is %d', (text, number) => expect(quantity(text)).toBe(number))

test.each(['', 'Mi', '1 Gi', '1KB', '0x10', '1mi', 'NaN'])('"%s" is refused', (text) => {
  expect(() => quantity(text)).toThrow('is no quantity of Kubernetes')
})

test('what the definition writes is read as it was meant', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 128_000 }), fc.integer({ min: 1, max: 2 ** 20 }), (thousandths, mib) => {
      expect(milli(cpu(thousandths / 1000))).toBe(thousandths)
      expect(mebi(memory(mib / 1024))).toBe(mib)
      expect(gibi(memory(mib / 1024))).toBeCloseTo(mib / 1024, 9)
    }),
  )
})

test('a part of a thousandth or of a MiB takes a whole one', () => {
  expect([milli('0.0001'), mebi('1'), mebi('1Mi'), milli(0), mebi('0')]).toEqual([1, 1, 1, 0, 0])
})
