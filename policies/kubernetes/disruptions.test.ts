import { describe, expect, it } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { allowed } from './disruptions.ts'

describe('a disruption budget allows', () => {
  it.each([
    ['one', { maxUnavailable: 1 }, 3, 1],
    ['none', { maxUnavailable: 0 }, 3, 0],
    ['none by a share', { maxUnavailable: '0%' }, 3, 0],
    ['one by the smallest share', { maxUnavailable: '1%' }, 3, 1],
    ['no more than there are', { maxUnavailable: 5 }, 3, 3],
    ['what must not be there', { minAvailable: 2 }, 3, 1],
    ['none where all must be there', { minAvailable: 3 }, 3, 0],
    ['none where more must be there', { minAvailable: 4 }, 3, 0],
    ['none by the whole share', { minAvailable: '100%' }, 3, 0],
    ['none where half of one is one', { minAvailable: '50%' }, 1, 0],
    ['one where half of three is two', { minAvailable: '50%' }, 3, 1],
    ['all but one without a word', {}, 3, 2],
    ['none of one without a word', {}, 1, 0],
  ])('%s', (_what, budget, replicas, expected) => {
    expect(allowed(budget, replicas)).toBe(expected)
  })

  it('no fewer than none and no more than there are, by shares as by numbers', () => {
    const replicas = fc.integer({ min: 1, max: 100 })
    const limit = fc.oneof(
      fc.nat(200),
      fc.integer({ min: 0, max: 100 }).map((share) => `${share}%`),
    )
    fc.assert(
      fc.property(replicas, limit, (count, value) => {
        for (const budget of [{ maxUnavailable: value }, { minAvailable: value }]) {
          expect(allowed(budget, count)).toBeGreaterThanOrEqual(0)
          expect(allowed(budget, count)).toBeLessThanOrEqual(count)
        }
      }),
    )
  })
})
