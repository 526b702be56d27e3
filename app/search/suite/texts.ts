import { describe, expect, it } from 'vitest'
import type { SearchIndex } from '../port.ts'
import { type Desk, document, noText } from './desk.ts'

/** Texts of files, snippets, and what an index holds of documents. */
export function textsSuite({ open, filled, query, find, walk }: Desk) {
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

    it('are not shown to whoever wants the items alone', async () => {
      const index = await filled([document(1, '潮汐', { files: [A] })], { [A]: '検潮所の日誌' })
      const asked = { words: '日誌', statuses: ['public' as const], size: 10 }
      expect((await index.search(asked)).results[0]).toMatchObject({ number: 1, file: A })
      const [result] = (await index.search({ ...asked, bare: true })).results
      expect([result?.number, result?.snippet, result?.file]).toEqual([1, undefined, undefined])
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
