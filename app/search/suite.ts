import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { occurrences, phraseOf, units } from './analysis.ts'
import type { Position, SearchDocument, SearchIndex, SearchQuery } from './port.ts'
import { parseQuery, type Query } from './query.ts'

type Changes = Partial<Omit<SearchDocument, 'fields' | 'facets'>> & {
  fields?: Partial<SearchDocument['fields']>
  facets?: Partial<SearchDocument['facets']>
}

/** What every search index must do: run by the test of each adapter. `open` gives an empty index each time. */
export function searchSuite(open: () => Promise<SearchIndex>) {
  const document = (
    item: number,
    title: string | string[],
    { fields, facets, ...more }: Changes = {},
  ): SearchDocument => ({
    item,
    revision: 1,
    status: 'public',
    publicationDate: '2026-01-01',
    summary: {
      number: item,
      titles: [{ value: [title].flat()[0] ?? '' }],
      creators: [],
      creatorCount: 0,
      sourceTitles: [],
      type: 'journal article',
      access: 'open access',
      publicationDate: '2026-01-01',
    },
    titleReading: [title].flat()[0] ?? '',
    fields: { title: [title].flat(), creator: [], subject: [], publisher: [], source: [], other: [], ...fields },
    abstract: '',
    facets: { type: [], year: [], language: [], access: [], collection: [], subject: [], creator: [], ...facets },
    files: [],
    ...more,
  })
  const noText = async (file: string): Promise<string> => {
    throw new Error(`nothing to read in ${file}`)
  }
  /** An index that holds these documents. */
  const filled = async (documents: SearchDocument[], texts?: { [file: string]: string }) => {
    const index = await open()
    await index.put(documents, texts ? async (file) => texts[file] ?? '' : noText)
    return index
  }
  const query = (words: string, more: Partial<SearchQuery> = {}): SearchQuery => ({
    words,
    statuses: ['public'],
    size: 100,
    ...more,
  })
  const find = async (index: SearchIndex, words: string, more: Partial<SearchQuery> = {}) => {
    const { results, total } = await index.search(query(words, more))
    // Whatever is asked for, what is counted is what is found.
    if (results.length < 100) expect(total).toEqual({ value: results.length, atLeast: false })
    return results.map(({ number }) => number)
  }
  /** All results, page by page. */
  const walk = async (index: SearchIndex, words: string, more: Partial<SearchQuery>) => {
    const seen: number[] = []
    let after: Position | undefined
    for (let pages = 0; pages < 100; pages++) {
      const page = await index.search(query(words, { ...more, after }))
      seen.push(...page.results.map(({ number }) => number))
      after = page.next
      if (!after) return seen
      expect(page.results).toHaveLength(more.size ?? 100)
    }
    throw new Error('there is no end to the pages')
  }

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

  describe('facets', () => {
    const library = () =>
      filled([
        document(1, 'x', { facets: { type: ['book'], year: ['2020'], subject: ['海', '山'], collection: ['1'] } }),
        document(2, 'x', { facets: { type: ['book'], year: ['2021'], subject: ['海'], collection: ['1', '2'] } }),
        document(3, 'x', { facets: { type: ['map'], year: ['2021'], subject: ['川'], language: ['jpn'] } }),
        document(4, 'y', { facets: { type: ['map'], year: ['2021'], creator: ['O\'Hara \\ "{,}'] } }),
      ])
    const count = async (index: SearchIndex, words: string, more: Partial<SearchQuery> = {}) => {
      const { counts } = await index.search(query(words, { counts: true, ...more }))
      return Object.fromEntries(
        Object.entries(counts ?? {}).map(([facet, { values }]) => [
          facet,
          values.map(({ value, count }) => [value, count]),
        ]),
      )
    }

    it('are counted among what was found, the commonest first', async () => {
      const counts = await count(await library(), 'x')
      expect(counts).toEqual({
        type: [
          ['book', 2],
          ['map', 1],
        ],
        year: [
          ['2021', 2],
          ['2020', 1],
        ],
        language: [['jpn', 1]],
        access: [],
        collection: [
          ['1', 2],
          ['2', 1],
        ],
        subject: expect.arrayContaining([
          ['海', 2],
          ['山', 1],
          ['川', 1],
        ]),
        creator: [],
      })
      expect(counts.subject?.[0]).toEqual(['海', 2])
    })

    it('narrow a search: one value or another of each facet, and all facets', async () => {
      const index = await library()
      expect(await find(index, '', { chosen: { type: ['book', 'map'], year: ['2021'] } })).toEqual([4, 3, 2])
      expect(await find(index, 'x', { chosen: { year: ['2021'], subject: ['海', '川'] } })).toEqual([3, 2])
      expect(await find(index, '', { chosen: { creator: ['O\'Hara \\ "{,}'] } })).toEqual([4])
      expect(await find(index, '', { chosen: { type: ['type:book', 'no such'] } })).toEqual([])
    })

    it('are counted as if nothing of themselves were chosen', async () => {
      const counts = await count(await library(), '', { chosen: { type: ['book'], subject: ['海'] } })
      expect(counts.type).toEqual([['book', 2]])
      expect(counts.subject).toEqual([
        ['海', 2],
        ['山', 1],
      ])
      expect(counts.year).toEqual([
        ['2020', 1],
        ['2021', 1],
      ])
      const free = await count(await library(), '', { chosen: { type: ['book'] } })
      expect(free.type).toEqual([
        ['book', 2],
        ['map', 2],
      ])
    })

    it('say nothing of collections that the asker may not know of', async () => {
      const index = await library()
      const hidden = { hiddenCollections: [2] }
      expect((await count(index, 'x', hidden)).collection).toEqual([['1', 2]])
      expect(await find(index, '', { ...hidden, chosen: { collection: ['2'] } })).toEqual([])
      expect(await find(index, '', { ...hidden, chosen: { collection: ['1', '2'] } })).toEqual([2, 1])
    })
  })

  describe('dates of issue', () => {
    const library = () =>
      filled([
        document(1, 'x', { issued: '2019-12-31' }),
        document(2, 'x', { issued: '2020' }),
        document(3, 'x', { issued: '2020-05' }),
        document(4, 'x', { issued: '2020-05-17' }),
        document(5, 'x', { issued: '2021-01-01' }),
        document(6, 'x'),
      ])

    it('limit a search, both ends included', async () => {
      const index = await library()
      expect(await find(index, 'x', { from: '2020', to: '2020', sort: 'oldest' })).toEqual([2, 3, 4])
      expect(await find(index, '', { from: '2020-05-01', sort: 'oldest' })).toEqual([4, 5])
      expect(await find(index, '', { to: '2019', sort: 'oldest' })).toEqual([1])
      expect(await find(index, '', { to: '2020-05', sort: 'oldest' })).toEqual([1, 2, 3, 4])
      expect(await find(index, '', { from: '2022' })).toEqual([])
    })

    it('order a search, what has none last', async () => {
      const index = await library()
      for (const words of ['', 'x']) {
        expect(await walk(index, words, { sort: 'newest', size: 2 })).toEqual([5, 4, 3, 2, 1, 6])
        expect(await walk(index, words, { sort: 'oldest', size: 2 })).toEqual([1, 2, 3, 4, 5, 6])
      }
    })
  })

  describe('order', () => {
    it('by relevance is title, then creators and subjects, then anywhere; within these, the newest first', async () => {
      const index = await filled([
        document(1, 'x', { abstract: 'tides' }),
        document(2, 'tides'),
        document(3, 'x', { fields: { subject: ['tides'] } }),
        document(4, 'old tides', { publicationDate: '2020-01-01' }),
        document(5, 'x', { fields: { publisher: ['tides'] } }),
        document(6, 'tides', { fields: { creator: ['Aoki'] } }),
        document(7, 'x', { abstract: 'tides and aoki' }),
      ])
      expect(await find(index, 'tides')).toEqual([6, 2, 4, 3, 7, 5, 1])
      for (const size of [1, 2, 3, 4, 6])
        expect(await walk(index, 'tides', { size }), `${size}`).toEqual([6, 2, 4, 3, 7, 5, 1])
      expect(await find(index, 'tides aoki')).toEqual([6, 7])
    })

    it('by title goes by the reading, whichever kana it is written in', async () => {
      const index = await filled([
        document(1, '山', { titleReading: 'ヤマ' }),
        document(2, '海', { titleReading: 'うみ' }),
        document(3, '「朝」', { titleReading: '「あさ」' }),
        document(4, 'Zebra'),
        document(5, '海', { titleReading: 'ウミ' }),
      ])
      for (const size of [1, 2, 100]) expect(await walk(index, '', { sort: 'title', size })).toEqual([4, 3, 2, 5, 1])
    })

    it('without words is the newest here first, and pages without loss or doubles', async () => {
      const documents = Array.from({ length: 25 }, (_, i) =>
        document(i + 1, 'x', { publicationDate: `2026-01-${String((i % 5) + 1).padStart(2, '0')}` }),
      )
      const index = await filled(documents)
      const expected = documents
        .toSorted((a, b) => b.publicationDate.localeCompare(a.publicationDate) || b.item - a.item)
        .map(({ item }) => item)
      expect(await walk(index, '', { size: 7 })).toEqual(expected)
      expect(await walk(index, 'x', { size: 7 })).toEqual(expected)
      expect((await index.search(query('', { size: 7 }))).total).toEqual({ value: 25, atLeast: false })
    })
  })

  describe('texts of files', () => {
    const [A, B] = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'] as const
    /** Text of many pieces in which no two places are alike. */
    const long = (length: number) => {
      let text = ''
      for (let i = 0; text.length < length; i++) {
        text += String.fromCodePoint(0x4e00 + ((i * i * 7 + i * 13) % 2_999))
        if (i % 11 === 0) text += '、'
        if (i % 500 === 0) text += 'という段落。\n\n'
      }
      return text.slice(0, length)
    }

    it('are found, AND and NOT decided for the item and not for a piece', async () => {
      const index = await filled(
        [
          document(1, '潮汐の記録', { files: [A] }),
          document(2, '潮汐の歴史', { files: [B] }),
          document(3, '潮汐と検潮所'),
          document(4, '別のもの'),
        ],
        { [A]: `${long(20_000)}検潮所の日誌${long(20_000)}附録`, [B]: '港の地図' },
      )
      expect(await find(index, '潮汐 日誌')).toEqual([1])
      expect(await find(index, '検潮所の日誌 附録')).toEqual([1])
      expect(await find(index, '検潮所')).toEqual([3, 1])
      expect(await find(index, '潮汐 -検潮所')).toEqual([2])
      expect(await find(index, '潮汐 検潮所')).toEqual([3, 1])
      expect(await find(index, 'NOT 検潮所')).toEqual([4, 2])
      expect(await find(index, 'NOT (港 OR 附録)')).toEqual([4, 3])
      expect(await find(index, '(附録 AND 日誌) OR 港')).toEqual([2, 1])
      expect(await find(index, '地図 OR NOT 段落')).toEqual([4, 3, 2])
      expect(await find(index, 'title:日誌')).toEqual([])
      expect(await find(index, '港', { chosen: { type: ['book'] } })).toEqual([])
      for (const size of [1, 2]) expect(await walk(index, '検潮所', { size })).toEqual([3, 1])
    })

    it('hold phrases that lie over the end of a piece', async () => {
      const text = long(60_000)
      const index = await filled([document(1, 'x', { files: [A] })], { [A]: text })
      for (let at = 6_900; at < 8_100; at += 20)
        expect(await find(index, `"${text.slice(at, at + 30)}"`), `${at}`).toEqual([1])
    })

    it('of any length are found by their last sentence', async () => {
      const sentence = 'かくして観測は終わり、灯台守は島を去った。'
      const index = await filled([document(1, 'x', { files: [A] })], { [A]: long(2_000_000) + sentence })
      expect(await find(index, sentence)).toEqual([1])
      expect(await find(index, '灯台守')).toEqual([1])
    })

    it('are read once, and forgotten when the file does not belong to the item any more', async () => {
      const index = await open()
      const read: string[] = []
      const put = (files: string[], revision: number) =>
        index.put([document(1, 'x', { files, revision })], async (file) => {
          read.push(file)
          return file === A ? 'first words' : 'second words'
        })
      await put([A], 1)
      await put([A, B], 2)
      expect(read).toEqual([A, B])
      expect(await find(index, 'first second')).toEqual([1])
      await put([B], 3)
      expect(read).toEqual([A, B])
      expect(await find(index, 'first')).toEqual([])
      expect(await find(index, 'second')).toEqual([1])
      await put([A], 2)
      expect(await find(index, 'first')).toEqual([])
    })
  })

  describe('snippets', () => {
    const FILE = '00000000-0000-4000-8000-00000000000c'
    const snippetOf = async (index: SearchIndex, words: string) =>
      (await index.search(query(words))).results[0]?.snippet
    const hits = (segments: { text: string; hit: boolean }[] | undefined) =>
      segments?.filter(({ hit }) => hit).map(({ text }) => text)

    it('mark in the abstract what was found, as it is written there', async () => {
      const abstract = 'はじめに述べる。\uff76\uff9e\uff97\uff7d工藝は國の寶である。カフェ Café を営む。'
      const index = await filled([document(1, 'x', { abstract })])
      expect(hits(await snippetOf(index, 'ガラス'))).toEqual(['\uff76\uff9e\uff97\uff7d'])
      expect(hits(await snippetOf(index, '工芸 国の宝'))).toEqual(['工藝', '國の寶'])
      expect(hits(await snippetOf(index, '"cafe"'))).toEqual(['Café'])
      const whole = (await snippetOf(index, '国'))?.map(({ text }) => text).join('')
      expect(whole).toBe(abstract)
    })

    it('come from a file where the abstract does not have it, are short, and are data', async () => {
      const text = `${'前置き。'.repeat(3_000)}<b>灯台</b>の光${'後書き。'.repeat(3_000)}`
      const index = await filled([document(1, 'x', { abstract: 'なし', files: [FILE] })], { [FILE]: text })
      const snippet = await snippetOf(index, '灯台')
      expect(hits(snippet)).toEqual(['灯台'])
      const whole = snippet?.map(({ text }) => text).join('') ?? ''
      expect(whole).toContain('<b>灯台</b>の光')
      expect(whole).toMatch(/^…前?.*…$/)
      expect(whole.length).toBeLessThan(250)
      expect(await snippetOf(index, 'x')).toBeUndefined()
    })
  })

  it('finds only what the asker may see', async () => {
    const index = await filled([
      document(1, 'secret', { status: 'scheduled' }),
      document(2, 'secret', { status: 'deleted' }),
      document(3, 'secret', { status: 'withdrawn', facets: { type: ['book'] } }),
    ])
    for (const words of ['secret', '', 'NOT x']) expect(await find(index, words), words).toEqual([])
    expect((await index.search(query('', { counts: true }))).counts?.type.values).toEqual([])
    expect(await find(index, 'secret', { statuses: ['public', 'scheduled'] })).toEqual([1])
  })

  it('holds metadata of any length', async () => {
    const alphabet = Array.from({ length: 3_000 }, (_, i) => String.fromCodePoint(0x4e00 + i))
    const long = Array.from({ length: 100_000 }, (_, i) => alphabet[(i * 7919) % 3_000]).join('')
    const index = await filled([
      document(1, 'beginning', {
        abstract: long,
        fields: { creator: [long, 'Last, Author'], other: [long, 'ﷺ'.repeat(20_000)] },
      }),
    ])
    expect(await find(index, 'beginning')).toEqual([1])
    expect(await find(index, 'beginning creator:last')).toEqual([1])
    expect(await find(index, 'beginning -creator:author')).toEqual([])
  })

  it('passes over a document that is older than what it holds', async () => {
    const index = await filled([document(1, 'new', { revision: 3 })])
    await index.put([document(1, 'old', { revision: 2 })], noText)
    expect(await find(index, 'new')).toEqual([1])
    expect(await find(index, 'old')).toEqual([])
  })
}
