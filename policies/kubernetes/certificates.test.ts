import { expect, it } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { hoursOf } from './certificates.ts'

it.each([
  ['2160h', 2160],
  ['1h30m', 1.5],
  ['90m0s', 1.5],
  ['0.5h', 0.5],
  ['3600s', 1],
  ['30d', Number.NaN],
  ['', Number.NaN],
  ['1h ', Number.NaN],
])('%j is %d hours', (time, hours) => {
  expect(hoursOf(time)).toBe(hours)
})

it('adds up what is written in several units', () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.nat(59), (hours, minutes) => {
      expect(hoursOf(`${hours}h${minutes}m`)).toBeCloseTo(hours + minutes / 60)
    }),
  )
})
