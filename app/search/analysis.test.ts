import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toTsquery, toTsvector } from './analysis.ts'

describe('text for the index', () => {
  it('is cut into pairs of characters where a script has no blanks, and into words elsewhere', () => {
    expect(toTsvector(['東京 tower'])).toBe("'東京':1 '京':2 'tower':4")
  })

  it('of any kind is made into something, and asked for in words of its own', () => {
    const text = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(text, (text) => {
        expect(toTsvector([text])).toBeTypeOf('string')
        const query = toTsquery(text)
        if (query === undefined) expect(toTsvector([text])).toBe('')
      }),
    )
  })
})
