import { describe, expect, it } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { occurrences, units } from './analysis.ts'
import { fold } from './fold.ts'

const text = fc.string({ unit: 'binary', maxLength: 200 })
/** Where folding has most to do. */
const lively = fc
  .array(
    fc.constantFrom(
      ...'國学カﾞｶﾞがgＧé',
      'e\u0301',
      'は\u3099',
      '葛\u{e0101}',
      '㍿',
      'İ',
      'ς',
      ' ',
      '\n',
      '、',
      '🏯',
      '\u200b',
    ),
    {
      maxLength: 30,
    },
  )
  .map((parts) => parts.join(''))
const any = fc.oneof(text, lively)

describe('folding', () => {
  it('changes nothing that is folded already', () => {
    fc.assert(
      fc.property(any, (text) => {
        expect(fold(fold(text).text).text).toBe(fold(text).text)
      }),
    )
  })

  it('knows of each part where in the original it comes from, in order', () => {
    fc.assert(
      fc.property(any, (text) => {
        const { text: folded, starts, ends } = fold(text)
        expect([starts.length, ends.length]).toEqual([folded.length, folded.length])
        starts.forEach((start, i) => {
          expect(start).toBeLessThan(ends[i] as number)
          if (i > 0) expect(start).toBeGreaterThanOrEqual(starts[i - 1] as number)
        })
      }),
    )
  })

  it.each([
    ['ｶﾞﾗｽ', 'がらす'],
    ['Ｋｕｒａ', 'kura'],
    ['CAFÉ', 'cafe'],
    ['舊學國體', '旧学国体'],
    ['辻\ufe00葛\u{e0100}', '辻葛'],
    ['ヴァイオリン', 'ゔぁいおりん'],
    ['ΟΔΟΣ', 'οδοσ'],
  ])('makes %s the same as %s', (one, other) => {
    expect(fold(one).text).toBe(other)
  })

  it('takes no kanji for another that is in use beside it', () => {
    // Each is new already.
    const kanji = '学国体旧芸弁糸欠予余台'
    expect(fold(kanji).text).toBe(kanji)
  })
})

describe('units', () => {
  const shown = (text: string) => units(text).map(({ text, glued }) => (glued ? `+${text}` : text))

  it('are characters where a script has no blanks, and words elsewhere', () => {
    expect(shown('東京tower 第3回')).toEqual(['東', '+京', 'tower', '第', '3', '回'])
    expect(shown('研究・基盤')).toEqual(['研', '+究', '基', '+盤'])
  })

  it('follow each other over the end of a line, but not over an empty one', () => {
    expect(shown('研究\n  基盤')).toEqual(['研', '+究', '+基', '+盤'])
    expect(shown('研究\n\n基盤')).toEqual(['研', '+究', '基', '+盤'])
  })

  it('stand where the original says so', () => {
    fc.assert(
      fc.property(any, (text) => {
        let last = 0
        for (const { start, end, text: unit } of units(text)) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          expect(unit).not.toBe('')
          last = start
        }
      }),
    )
  })

  it('of a text occur in it, and in it with others round it', () => {
    fc.assert(
      fc.property(any, any, any, (before, text, after) => {
        const phrase = units(text)
        fc.pre(phrase.length > 0)
        expect([...occurrences(phrase, phrase)]).toContain(0)
        const all = units(`${before}\n\n${text}\n\n${after}`)
        expect([...occurrences(phrase, all)].length).toBeGreaterThan(0)
      }),
    )
  })
})
