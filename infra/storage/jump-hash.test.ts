import { expect, test } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { jump, placeOf } from './jump-hash.ts'

test('agrees with other implementations of the algorithm', () => {
  expect([0n, 1n, 2n].map((key) => jump(key, 60))).toEqual([0, 55, 46])
})

const count = fc.integer({ min: 1, max: 40 })

test('every name has a place among those that there are', () => {
  fc.assert(
    fc.property(fc.string(), count, (name, places) => {
      const place = placeOf(name, places)
      expect(Number.isInteger(place) && place >= 0 && place < places).toBe(true)
    }),
  )
})

test('with one place more, a name stays where it is or goes to the new one', () => {
  fc.assert(
    fc.property(fc.string(), count, (name, places) => {
      expect([placeOf(name, places), places]).toContain(placeOf(name, places + 1))
    }),
  )
})

test('names are spread evenly', () => {
  const names = Array.from({ length: 4000 }, (_, cell) => `cell-${cell}`)
  for (const places of [2, 3, 7, 20]) {
    const shares = [...Map.groupBy(names, (name) => placeOf(name, places)).values()].map(({ length }) => length)
    expect(shares).toHaveLength(places)
    for (const share of shares) expect(Math.abs((share * places) / names.length - 1)).toBeLessThan(0.25)
  }
})
