import { describe, expect, test } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { issueKey, startKey } from './place.ts'

/** Designations in the order of their keys. */
const inOrder = (key: (designation: string) => Buffer, designations: string[]) =>
  designations.toSorted((a, b) => Buffer.compare(key(a), key(b)))

const PAGES = [
  'i',
  'iv',
  'ix',
  'xl',
  '1',
  '2',
  '2a',
  '2b',
  '10',
  '10-2',
  '10-10',
  '100',
  'e9',
  'e123',
  'S2',
  'S12',
  '左1',
  '',
]
const VOLUMES = ['101', '100', '12/13', '12', '11(2)', '11', 'IX', '8', '別冊2', '別冊1', 'S1', '']

const shuffled = (values: string[]) => fc.shuffledSubarray(values, { minLength: values.length })

describe('the first page', () => {
  test('counts as people count: Roman numerals, numbers, others, none', () => {
    fc.assert(
      fc.property(shuffled(PAGES), (pages) => {
        expect(inOrder(startKey, pages)).toEqual(PAGES)
      }),
    )
  })

  test('is ordered by its number, behind whatever letters', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.constantFrom('', 'e', 'S', '左'), (a, b, letters) => {
        expect(Buffer.compare(startKey(`${letters}${a}`), startKey(`${letters}${b}`))).toBe(Math.sign(a - b))
      }),
    )
  })

  test.each([
    ['１２', '12'],
    ['e0012', 'E12'],
    ['Ⅳ', 'iv'],
    [' 7 ', '7'],
  ])('%j is the same as %j', (one, other) => {
    expect(startKey(one)).toEqual(startKey(other))
  })
})

describe('volume and issue', () => {
  test('count down from the newest: numbers, others, none', () => {
    fc.assert(
      fc.property(shuffled(VOLUMES), (volumes) => {
        expect(inOrder((volume) => issueKey({ volume }), volumes)).toEqual(VOLUMES)
      }),
    )
  })

  test('count by volume, then by issue', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), fc.nat(), (v, i, w, j) => {
        const compared = Buffer.compare(
          issueKey({ volume: `${v}`, issue: `${i}` }),
          issueKey({ volume: `${w}`, issue: `${j}` }),
        )
        expect(compared).toBe(Math.sign(w - v) || Math.sign(j - i))
      }),
    )
  })

  test.each([
    ['第12巻', '12'],
    ['Vol. 12', '12'],
    ['No.3', '3'],
    ['第１２号', '12'],
    ['XII', '12'],
  ])('%j is the same as %j', (one, other) => {
    expect(issueKey({ volume: one })).toEqual(issueKey({ volume: other }))
  })

  test('without a volume count by the issue, behind all that have one', () => {
    const issues = [{ volume: '1' }, { issue: '45' }, { issue: '44' }, {}]
    expect(issues.toReversed().toSorted((a, b) => Buffer.compare(issueKey(a), issueKey(b)))).toEqual(issues)
  })
})

const anything = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 2_000 }),
  fc.stringMatching(/^[ivxlcdmes0-9/-]{0,60}$/),
)

test('no key is the beginning of another, and each fits into an index', () => {
  fc.assert(
    fc.property(anything, anything, (a, b) => {
      const keys = [a, b].map((text) => Buffer.concat([issueKey({ volume: text, issue: text }), startKey(text)]))
      for (const key of keys) expect(key.length).toBeLessThan(2_000)
      const [one, other] = keys as [Buffer, Buffer]
      expect(one.equals(other) || !other.subarray(0, one.length).equals(one)).toBe(true)
    }),
  )
})
