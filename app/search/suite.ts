import { describe, expect, it } from 'vitest'
import type { SearchDocument, SearchIndex } from './port.ts'

/** What every search index must do: run by the test of each adapter. `open` gives an empty index each time. */
export function searchSuite(open: () => Promise<SearchIndex>) {
  const document = (item: number, texts: string[], more: Partial<SearchDocument> = {}): SearchDocument => ({
    item,
    revision: 1,
    status: 'public',
    publicationDate: '2026-01-01',
    summary: {
      number: item,
      titles: [{ value: texts[0] ?? '' }],
      creators: [],
      creatorCount: 0,
      sourceTitles: [],
      type: 'journal article',
      access: 'open access',
      publicationDate: '2026-01-01',
    },
    texts,
    ...more,
  })
  const find = async (index: SearchIndex, words: string) => {
    const { results } = await index.search({ words, statuses: ['public'], size: 100 })
    return results.map(({ number }) => number)
  }

  describe('search', () => {
    it('finds Japanese words of any length inside a sentence, and no others', async () => {
      const index = await open()
      await index.put([document(1, ['情報爆発時代の研究基盤構想']), document(2, ['研究の基本、盤石の構え'])])
      expect(await find(index, '研究基盤')).toEqual([1])
      expect(await find(index, '基盤')).toEqual([1])
      expect(await find(index, '爆')).toEqual([1])
      expect(await find(index, '想')).toEqual([1])
      expect(await find(index, '研究')).toEqual([2, 1])
      expect(await find(index, '盤研')).toEqual([])
    })

    it('finds all of several words, in any order, across scripts', async () => {
      const index = await open()
      await index.put([document(1, ['Deep learning による画像認識', 'Aoki, Hana']), document(2, ['画像認識の歴史'])])
      expect(await find(index, '画像 aoki')).toEqual([1])
      expect(await find(index, '画像認識　deep')).toEqual([1])
      expect(await find(index, '画像 nobody')).toEqual([])
    })

    it('takes full and half width, small and capital, accented and plain letters as the same', async () => {
      const index = await open()
      await index.put([document(1, ['Ｋｕｒａ ﾃﾞｰﾀﾍﾞｰｽ Café'])])
      for (const words of ['kura', 'データベース', 'CAFE', 'café']) expect(await find(index, words), words).toEqual([1])
      expect(await find(index, 'テータ')).toEqual([])
    })

    it('takes nothing that is typed for an error', async () => {
      const index = await open()
      await index.put([document(1, ['a'])])
      for (const words of ["'", '"', '\\', '&|!()<->:*', "a' & 'b", '\u0000', '日'.repeat(5_000), '%', '🏯', 'か゛'])
        expect(Array.isArray(await find(index, words)), words).toBe(true)
    })

    it('finds everything for no words, the newest first, and pages without loss or doubles', async () => {
      const index = await open()
      const documents = Array.from({ length: 25 }, (_, i) =>
        document(i + 1, ['x'], { publicationDate: `2026-01-${String((i % 5) + 1).padStart(2, '0')}` }),
      )
      await index.put(documents)
      const seen: number[] = []
      let after: Parameters<SearchIndex['search']>[0]['after']
      for (let pages = 0; pages < 10; pages++) {
        const page = await index.search({ words: '', statuses: ['public'], size: 7, after })
        expect(page.total).toEqual({ value: 25, atLeast: false })
        seen.push(...page.results.map(({ number }) => number))
        after = page.next
        if (!after) break
      }
      const expected = documents
        .sort((a, b) => b.publicationDate.localeCompare(a.publicationDate) || b.item - a.item)
        .map(({ item }) => item)
      expect(seen).toEqual(expected)
    })

    it('finds only what the asker may see', async () => {
      const index = await open()
      await index.put([
        document(1, ['secret'], { status: 'scheduled' }),
        document(2, ['secret'], { status: 'deleted' }),
      ])
      expect(await find(index, 'secret')).toEqual([])
      const { results } = await index.search({ words: 'secret', statuses: ['public', 'scheduled'], size: 10 })
      expect(results.map(({ number }) => number)).toEqual([1])
    })

    it('holds a document of any length', async () => {
      const index = await open()
      const alphabet = Array.from({ length: 3_000 }, (_, i) => String.fromCodePoint(0x4e00 + i))
      const long = Array.from({ length: 100_000 }, (_, i) => alphabet[(i * 7919) % 3_000]).join('')
      await index.put([document(1, ['beginning', long, long, long])])
      expect(await find(index, 'beginning')).toEqual([1])
    })

    it('passes over a document that is older than what it holds', async () => {
      const index = await open()
      await index.put([document(1, ['new'], { revision: 3 })])
      await index.put([document(1, ['old'], { revision: 2 })])
      expect(await find(index, 'new')).toEqual([1])
      expect(await find(index, 'old')).toEqual([])
    })
  })
}
