import { describe, expect, it } from 'vitest'
import type { SearchIndex, SearchQuery } from '../port.ts'
import { type Desk, document } from './desk.ts'

/** Facets, dates and orders. */
export function narrowingSuite({ filled, query, find, walk }: Desk) {
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

  it('counts no further than the page for whoever wants the items alone', async () => {
    const index = await filled([1, 2, 3].map((item) => document(item, 'x')))
    const totalOf = async (size: number, after?: SearchQuery['after']) => {
      const { total, next } = await index.search(query('x', { bare: true, size, after }))
      return { ...total, next }
    }
    expect(await totalOf(3)).toEqual({ value: 3, atLeast: false })
    const { next, ...total } = await totalOf(2)
    expect(total).toEqual({ value: 2, atLeast: true })
    expect(await totalOf(2, next)).toEqual({ value: 1, atLeast: true })
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
}
