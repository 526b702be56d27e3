import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BusyProxy, type Mishap, runBusyProxy } from '../../../test/services/elasticsearch/busy-proxy.ts'
import { type Elasticsearch, runElasticsearch } from '../../../test/services/elasticsearch/index.ts'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'
import { fc } from '../../../test/support/property.ts'
import { Unavailable } from '../../platform/unavailable.ts'
import type { SearchIndex } from '../port.ts'
import { deskAt, document, noText } from '../suite/desk.ts'
import { searchSuite } from '../suite/index.ts'
import { elasticsearchSearch } from './index.ts'

let server: Elasticsearch
let kura: Institutions
beforeAll(async () => {
  server = await runElasticsearch()
  const { url, user, passwordFile } = server
  kura = await openInstitutions(['search'], undefined, undefined, {
    config: { search: { kind: 'elasticsearch', url, user } },
    secrets: { search: await readFile(passwordFile, 'utf8') },
  })
})
afterAll(async () => {
  await kura?.close()
  await server?.close()
})

const open = async () => {
  const { db, search } = kura.tenant(kura.ids[0] as string)
  await sql`delete from item`.execute(db)
  // What has been withdrawn since is left out; the suite makes up documents.
  await sql`insert into item (number, status, record, model_version, access, publication_date, revision)
    select number, 'public', '{}', 1, 'open access', '2026-01-01', 1 from generate_series(1, 100) as number`.execute(db)
  const empty = await search.rebuild(false)
  await empty.takePlace(0)
  return search
}

searchSuite(open)

describe('words in other forms', () => {
  const { filled, find, query, walk } = deskAt(open)
  const forms = { forms: true }
  const A = '00000000-0000-4000-8000-00000000000a'
  const hits = async (index: SearchIndex, words: string) =>
    (await index.search(query(words, forms))).results[0]?.snippet?.filter(({ hit }) => hit).map(({ text }) => text)

  it('are found however a verb is inflected', async () => {
    const index = await filled([document(1, '馬が走る'), document(2, '川が流れる'), document(3, 'よく書かれた本')])
    for (const words of ['走った', '走っている', '走らない'])
      expect(await find(index, words, forms), words).toEqual([1])
    expect(await find(index, '流れた', forms)).toEqual([2])
    expect(await find(index, '書く', forms)).toEqual([3])
    expect(await find(index, '走った')).toEqual([])
  })

  it('are found by how they are read, in either kana, as one word or several', async () => {
    const index = await filled([
      document(1, '弘法も筆の誤り'),
      document(2, '海の家', { fields: { creator: ['山田, 花子'] } }),
      document(3, 'x', { fields: { subject: ['図書館'] } }),
      document(4, '無関係'),
    ])
    for (const words of ['こうぼう', 'コウボウ', 'ｺｳﾎﾞｳ']) expect(await find(index, words, forms), words).toEqual([1])
    expect(await find(index, 'うみのいえ', forms)).toEqual([2])
    expect(await find(index, 'creator:やまだ', forms)).toEqual([2])
    expect(await find(index, 'やまだはなこ', forms)).toEqual([2])
    expect(await find(index, 'としょかん', forms)).toEqual([3])
    expect(await find(index, 'title:としょかん', forms)).toEqual([])
    // A part of a reading is none.
    expect(await find(index, 'うぼう', forms)).toEqual([])
  })

  it('are found by the stem of English words', async () => {
    const index = await filled([
      document(1, 'Studies of a student’s cafés'),
      document(2, 'Study', { publicationDate: '2025-01-01' }),
      document(3, 'SDGs研究'),
    ])
    expect(await find(index, 'study', forms)).toEqual([2, 1])
    expect(await find(index, 'studies', forms)).toEqual([1, 2])
    expect(await find(index, 'students cafe', forms)).toEqual([1])
    expect(await find(index, 'SDG', forms)).toEqual([3])
  })

  it('are not looked for where a code is typed', async () => {
    const index = await filled([
      document(1, 'Specimen RW2x13'),
      document(2, 'Specimens RW0x16'),
      document(3, 'RW, 2 x 13'),
    ])
    expect(await find(index, 'rw2x13', forms)).toEqual([1])
    expect(await find(index, 'rw2x13 specimens', forms)).toEqual([1])
  })

  it('are the same with another ending, numeral, width or kanji', async () => {
    const index = await filled([
      document(1, 'サーバーの管理'),
      document(2, '創立三十周年'),
      document(3, '渡邊の図書館の利用'),
      document(4, '売上は３，２００円'),
    ])
    expect(await find(index, 'サーバ', forms)).toEqual([1])
    expect(await find(index, 'ｻｰﾊﾞ', forms)).toEqual([1])
    expect(await find(index, '30周年', forms)).toEqual([2])
    expect(await find(index, '3200円', forms)).toEqual([4])
    // A particle less, and a kanji of today.
    expect(await find(index, '図書館利用', forms)).toEqual([3])
    expect(await find(index, '渡辺の図書館', forms)).toEqual([3])
  })

  it('come after all that hold the words as they are typed, the title before people, subjects, abstract and text', async () => {
    const index = await filled(
      [
        document(1, 'x', { files: [A] }),
        document(2, 'x', { abstract: 'studies' }),
        document(3, 'x', { fields: { subject: ['studies'] } }),
        document(4, 'x', { fields: { creator: ['studies'] } }),
        document(5, 'studies'),
        document(6, 'x', { abstract: 'a study', publicationDate: '2001-01-01' }),
        document(7, 'study', { publicationDate: '2001-01-01' }),
      ],
      { [A]: 'studies' },
    )
    const found = await find(index, 'study', forms)
    expect(found.slice(0, 4)).toEqual([7, 6, 5, 4])
    expect(found.slice(4, 6).toSorted()).toEqual([2, 3])
    expect(found.at(-1)).toBe(1)
  })

  it('rank a word of a title above one of a full text, also inside a compound', async () => {
    const index = await filled(
      [document(1, 'x', { files: [A], publicationDate: '2026-05-01' }), document(2, '大学図書館の百年')],
      { [A]: '図書館'.repeat(50) },
    )
    expect(await find(index, '図書館', forms)).toEqual([2, 1])
  })

  it('are not looked for where words stand in quotation marks or must not occur', async () => {
    const index = await filled([document(1, 'studies of 走る'), document(2, 'study 走った')])
    expect(await find(index, '"study"', forms)).toEqual([2])
    expect(await find(index, '「走った」', forms)).toEqual([2])
    expect(await find(index, '走る -study', forms)).toEqual([1])
    expect(await find(index, 'NOT studies', forms)).toEqual([2])
    expect(await find(index, '"study" OR 走る', forms)).toEqual([2, 1])
    expect(await find(index, '"study" 走る', forms)).toEqual([2])
  })

  it('are not found where only a part of what was typed means anything', async () => {
    const index = await filled([document(1, '研究の基本、盤石の構え'), document(2, 'のである')])
    for (const words of ['であるため', '研究構想', 'かまえるのである', 'のである', 'こと'])
      expect(await find(index, words, forms), words).toEqual(await find(index, words))
  })

  it('are marked in snippets, across a particle, too', async () => {
    const index = await filled(
      [
        document(1, 'x', { abstract: `${'前置き。'.repeat(100)}馬は走らない。${'後書き。'.repeat(100)}` }),
        document(2, 'x', { abstract: 'なし', files: [A] }),
      ],
      { [A]: `${'前置き。'.repeat(3_000)}大学図書館の利用と Studies\n${'後書き。'.repeat(3_000)}` },
    )
    expect(await hits(index, '走った')).toEqual(['走ら'])
    expect(await hits(index, '図書館利用')).toEqual(['図書館の利用'])
    expect(await hits(index, 'study')).toEqual(['Studies'])
    const { results } = await index.search(query('図書館利用', forms))
    expect(results[0]?.file).toBe(A)
    const whole = results[0]?.snippet?.map(({ text }) => text).join('') ?? ''
    expect(whole).toContain('大学図書館の利用')
    expect(whole.length).toBeLessThan(250)
  })

  it('are paged without loss or doubles while documents come in', async () => {
    const more = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) =>
        document(from + i, `studies ${'of '.repeat((from + i) % 7)}`, { abstract: i % 3 ? 'studying' : '' }),
      )
    const index = await filled([...more(1, 30), document(30, 'study'), document(31, 'study')])
    const whole = await find(index, 'study', forms)
    expect(whole).toHaveLength(31)
    for (const size of [1, 2, 7]) expect(await walk(index, 'study', { ...forms, size }), `${size}`).toEqual(whole)
    let page = await index.search(query('study', { ...forms, size: 5 }))
    const seen = page.results.map(({ number }) => number)
    for (let from = 40; page.next; from += 5) {
      await index.put(more(from, from + 5), noText)
      page = await index.search(query('study', { ...forms, size: 5, after: page.next }))
      seen.push(...page.results.map(({ number }) => number))
    }
    expect(seen).toEqual(whole)
  })

  it('go on where the state of a page is over or made up', async () => {
    const index = await filled(Array.from({ length: 9 }, (_, i) => document(i + 1, 'studies')))
    const { next } = await index.search(query('study', { ...forms, size: 4 }))
    expect(next?.state).toBeDefined()
    const rest = async (state: string) => {
      if (!next) throw new Error('there is no other page')
      return (await index.search(query('study', { ...forms, after: { ...next, state } }))).results.length
    }
    for (const state of [next?.state as string, 'AAAA', `${next?.state?.slice(0, -8)}AAAAAAA=`])
      expect(await rest(state), state).toBe(5)
  })

  it('find what is found without them, and first, whatever is typed', async () => {
    const pieces = [
      '東京',
      '図書館',
      '走る',
      '走った',
      'の',
      'study',
      'studies',
      '3',
      '三',
      'かいぎ',
      '会議',
      ' ',
      '、',
    ]
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((parts) => parts.join(''))
    const words = [...pieces, '"study"', 'title:', ' OR ', ' -', ' NOT ', '(', ')', ' ', ' ']
    const typed = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ title: text, abstract: text }), { minLength: 1, maxLength: 8 }),
        fc.array(typed, { minLength: 5, maxLength: 5 }),
        async (items, queries) => {
          const index = await filled(items.map(({ title, abstract }, i) => document(i + 1, title, { abstract })))
          for (const words of queries) {
            const typed = await find(index, words)
            expect((await find(index, words, forms)).slice(0, typed.length), words).toEqual(typed)
          }
        },
      ),
      { numRuns: 20 },
    )
  })
})

describe('a server with too much to do', () => {
  const { find, query } = deskAt(open)
  const few = () => [1, 2, 3].map((item) => document(item, `kept ${item}`))
  /** An index as it is reached through a proxy, and empty. */
  const throughProxy = async (work: (index: SearchIndex, proxy: BusyProxy) => Promise<void>) => {
    await open()
    const id = kura.ids[0] as string
    const proxy = await runBusyProxy(server.url)
    try {
      const service = elasticsearchSearch({ url: proxy.url, user: server.user }, { ...server, login: 'a' })
      const passwordFile = join(kura.folder, 'secrets/tenants', id)
      await work(service.open({ id, db: kura.tenant(id).db, passwordFile }), proxy)
    } finally {
      proxy.close()
    }
  }

  it('is asked again for each document that it refuses, and no more than some times', async () => {
    await throughProxy(async (index, proxy) => {
      proxy.befall('documents refused', 'documents refused')
      await index.put(few(), noText)
      expect(proxy.writes.came).toBe(3)
      expect(await find(index, 'kept')).toEqual([3, 2, 1])
      proxy.befall(...Array.from({ length: 50 }, (): Mishap => 'documents refused'))
      const before = proxy.writes.came
      await expect(index.put([document(1, 'lost', { revision: 2 })], noText)).rejects.toThrow(Unavailable)
      expect(proxy.writes.came - before).toBeLessThan(10)
      expect(await find(index, 'lost')).toEqual([])
    })
  })

  it('that takes nothing leaves the work to be done another time', async () => {
    await throughProxy(async (index, proxy) => {
      proxy.befall('refused', 'refused', 'refused', 'refused')
      await expect(index.put(few(), noText)).rejects.toThrow(Unavailable)
      proxy.befall()
      await index.put(few(), noText)
      expect(await find(index, 'kept')).toEqual([3, 2, 1])
    })
  })

  it('whose answer is lost gets documents again, and holds each once', async () => {
    await throughProxy(async (index, proxy) => {
      proxy.befall('lost')
      await index.put(few(), noText)
      expect(await find(index, 'kept')).toEqual([3, 2, 1])
      proxy.befall('lost')
      await index.put([document(1, 'changed', { revision: 2 })], noText)
      expect(await find(index, 'changed')).toEqual([1])
    })
  })

  it('gets long texts in few requests at a time, and what is beyond five million characters of an item is left out', async () => {
    await throughProxy(async (index, proxy) => {
      const ids = Array.from({ length: 4 }, (_, i) => `00000000-0000-4000-8000-00000000000${i}`)
      const filler = (words: number) => 'word '.repeat(words)
      await index.put(
        ids.map((file, i) => document(i + 1, 'x', { files: [file] })),
        async () => `${filler(300_000)}last`,
      )
      expect(await find(index, 'last')).toEqual([4, 3, 2, 1])
      expect(proxy.writes.most).toBeLessThanOrEqual(2)
      // Files count in their order.
      const [A = '', B = ''] = ids
      await index.put([document(5, 'x', { files: [A, B] })], async (file) =>
        file === A ? `${filler(900_000)}first` : `second ${filler(900_000)}third`,
      )
      expect(await find(index, 'first second -third')).toEqual([5])
      expect((await index.search(query('third'))).results).toEqual([])
    })
  })
})
