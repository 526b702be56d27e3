import { describe, expect, it } from 'vitest'
import { fc } from '../../../test/support/property.ts'
import { occurrences, phraseOf, units } from '../analysis.ts'
import { parseQuery, type Query } from '../query.ts'
import { type Desk, document } from './desk.ts'

/** What readers type, and what it finds. */
export function wordsSuite({ filled, find }: Desk) {
  describe('words', () => {
    it('in Japanese are found at any length inside a sentence, and no others', async () => {
      const index = await filled([document(1, '情報爆発時代の研究基盤構想'), document(2, '研究の基本、盤石の構え')])
      expect(await find(index, '研究基盤')).toEqual([1])
      expect(await find(index, '基盤')).toEqual([1])
      expect(await find(index, '爆')).toEqual([1])
      expect(await find(index, '想')).toEqual([1])
      expect(await find(index, '研究')).toEqual([2, 1])
      expect(await find(index, '盤研')).toEqual([])
      // Pairs that all occur, but do not follow each other.
      expect(await find(index, '基本盤石')).toEqual([])
      expect(await find(index, '研究構想')).toEqual([])
    })

    it('must all occur, in any order, across scripts and fields', async () => {
      const index = await filled([
        document(1, 'Deep learning による画像認識', { fields: { creator: ['Aoki, Hana'] } }),
        document(2, '画像認識の歴史'),
      ])
      expect(await find(index, '画像 aoki')).toEqual([1])
      expect(await find(index, '画像認識　deep')).toEqual([1])
      expect(await find(index, '画像 nobody')).toEqual([])
      expect(await find(index, 'learn')).toEqual([])
    })

    it('are the same in full and half width, small and capital, accented and plain letters', async () => {
      const index = await filled([document(1, 'Ｋｕｒａ ﾃﾞｰﾀﾍﾞｰｽ Café')])
      for (const words of ['kura', 'データベース', 'CAFE', 'café']) expect(await find(index, words), words).toEqual([1])
      expect(await find(index, 'テータ')).toEqual([])
    })

    it('are the same in katakana and hiragana, but not with and without dakuten', async () => {
      const index = await filled([document(1, 'ひらがなとカタカナ'), document(2, 'かき氷'), document(3, 'がき大将')])
      expect(await find(index, 'ヒラガナ')).toEqual([1])
      expect(await find(index, 'かたかな')).toEqual([1])
      expect(await find(index, 'ｶｷ')).toEqual([2])
      expect(await find(index, 'ガキ')).toEqual([3])
    })

    it('are the same in old and new kanji, with and without variation selectors', async () => {
      const index = await filled([document(1, '國學院の舊藏書'), document(2, '葛\u{e0101}飾区の学校')])
      expect(await find(index, '国学院')).toEqual([1])
      expect(await find(index, '旧蔵')).toEqual([1])
      expect(await find(index, '學校')).toEqual([2])
      expect(await find(index, '葛飾')).toEqual([2])
      expect(await find(index, '葛\ufe00飾')).toEqual([2])
    })

    it('stand together where they were typed together, whatever the script', async () => {
      const index = await filled([document(1, '第3回SDGs研究会'), document(2, '研究会 第3 SDGs 回')])
      expect(await find(index, '第3回')).toEqual([1])
      expect(await find(index, 'SDGs研究')).toEqual([1])
      expect(await find(index, '3 SDGs')).toEqual([2, 1])
    })

    it('are never an error', async () => {
      const index = await filled([document(1, 'a')])
      const odd = [
        "'",
        '"',
        '\\',
        '&|!()<->:*',
        "a' & 'b",
        '\u0000',
        '日'.repeat(5_000),
        '%',
        '🏯',
        'か゛',
        '\ud800',
        'ﷺ',
      ]
      const operators = [
        'AND',
        'OR OR',
        'NOT',
        '-',
        '(((',
        ')))',
        'title:',
        'title:-',
        '""',
        '「',
        '-"',
        'NOT (',
        'a OR',
      ]
      const many = Array.from({ length: 600 }, (_, i) => `w${i} OR`).join(' ')
      const deep = `${'NOT ('.repeat(150)}a`
      for (const words of [...odd, ...operators, many, deep, 'x '.repeat(3_000)])
        expect(Array.isArray(await find(index, words)), words).toBe(true)
    })
  })

  describe('the language of queries', () => {
    const library = () =>
      filled([
        document(1, '海の研究', { fields: { creator: ['山田, 花子'], subject: ['海洋'] } }),
        document(2, '山の研究', { fields: { creator: ['海野, 太郎'], publisher: ['海鳴社'] } }),
        document(3, 'The sea in winter', {
          abstract: 'Winter came to the sea.',
          fields: { source: ['Journal of the Sea'] },
        }),
      ])

    it('takes phrases in quotation marks of either kind', async () => {
      const index = await library()
      expect(await find(index, '"sea in winter"')).toEqual([3])
      expect(await find(index, '"sea winter"')).toEqual([])
      expect(await find(index, '「海の研究」')).toEqual([1])
      expect(await find(index, '＂winter came＂')).toEqual([3])
      expect(await find(index, '"sea in winter')).toEqual([3])
    })

    it('finds no phrase that begins in one text and ends in another', async () => {
      const index = await filled([document(1, ['first part', 'second part'], { fields: { subject: ['東', '京'] } })])
      expect(await find(index, '"part second"')).toEqual([])
      expect(await find(index, '東京')).toEqual([])
      expect(await find(index, '"first part"')).toEqual([1])
    })

    it('limits words to fields', async () => {
      const index = await library()
      expect(await find(index, '海')).toEqual([1, 2])
      expect(await find(index, 'title:海')).toEqual([1])
      expect(await find(index, 'creator:海')).toEqual([2])
      expect(await find(index, '著者：海野')).toEqual([2])
      expect(await find(index, 'publisher:海鳴社')).toEqual([2])
      expect(await find(index, 'subject:海洋')).toEqual([1])
      expect(await find(index, 'source:sea')).toEqual([3])
      expect(await find(index, 'title:"winter came"')).toEqual([])
      expect(await find(index, 'title:(海 OR 山) creator:山田')).toEqual([1])
    })

    it('takes AND, OR, NOT, a minus and brackets', async () => {
      const index = await library()
      expect(await find(index, '海 OR winter')).toHaveLength(3)
      expect(await find(index, '研究 AND 山田')).toEqual([1])
      expect(await find(index, '研究 NOT 山田')).toEqual([2])
      expect(await find(index, '研究 -海洋')).toEqual([2])
      expect(await find(index, '(山田 OR winter) NOT 海洋')).toEqual([3])
      expect(await find(index, 'NOT 研究')).toEqual([3])
      expect(await find(index, 'NOT (山田 OR winter)')).toEqual([2])
      expect(await find(index, 'winter OR NOT 海洋')).toEqual([3, 2])
      expect(await find(index, '研究 -「海の研究」')).toEqual([2])
    })
  })

  it('finds for any query what someone would who reads everything', async () => {
    const pieces = ['東', '京', '都', '東京', 'の', 'sea', 'air', '3', '、', ' ', '\n\n']
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''))
    const item = fc.record({ title: text, creator: text, abstract: text, file: text })
    const words = [
      ...pieces,
      '"東京 都"',
      '"sea 3"',
      'title:',
      'creator:',
      ' OR ',
      ' AND ',
      ' NOT ',
      ' -',
      '(',
      ')',
      ' ',
      ' ',
    ]
    const typed = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 10 }).map((parts) => parts.join(''))

    const holds = (query: Query, texts: { [field: string]: string }): boolean => {
      if (query.kind !== 'word')
        return query.parts[query.kind === 'all' ? 'every' : 'some']((part) => holds(part, texts))
      const looked = query.field ? [texts[query.field] ?? ''] : Object.values(texts)
      const phrase = phraseOf(query.text)
      return looked.some((text) => !occurrences(phrase, units(text)).next().done) !== query.not
    }
    await fc.assert(
      fc.asyncProperty(
        fc.array(item, { minLength: 1, maxLength: 8 }),
        fc.array(typed, { minLength: 5, maxLength: 5 }),
        async (items, queries) => {
          const id = (i: number) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`
          const index = await filled(
            items.map(({ title, creator, abstract }, i) =>
              document(i + 1, title, { abstract, fields: { creator: [creator] }, files: [id(i)] }),
            ),
            Object.fromEntries(items.map(({ file }, i) => [id(i), file])),
          )
          for (const words of queries) {
            const query = parseQuery(words)
            const expected = items.flatMap((item, i) => (query && holds(query, item) ? [i + 1] : []))
            if (query)
              expect(
                (await find(index, words)).toSorted((a, b) => a - b),
                words,
              ).toEqual(expected)
          }
        },
      ),
      { numRuns: 30 },
    )
  })
}
