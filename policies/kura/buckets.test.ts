import { expect, test } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { daysOf } from './buckets.ts'

test('a year is 365 days, and no time is for ever', () => {
  fc.assert(
    fc.property(fc.nat(100), (amount) => {
      expect(daysOf({ timeAmount: String(amount), timeUnit: 'DAYS' })).toBe(amount)
      expect(daysOf({ timeAmount: amount, timeUnit: 'YEARS' })).toBe(amount * 365)
    }),
  )
  expect(daysOf(undefined)).toBe(Number.POSITIVE_INFINITY)
  expect(daysOf({ timeAmount: '1', timeUnit: 'WEEKS' })).toBeNaN()
})
