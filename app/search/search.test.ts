import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Depositor, depositor, jsonOf, minimal } from '../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { reindex } from './index.ts'

interface Answer {
  results: { number: number; url: string; snippet?: { text: string; hit: boolean }[] }[]
  total: { value: number; atLeast: boolean }
  sort: string
  next?: string
  facets: { [facet: string]: { values: { value: string; count: number; name?: object }[]; atLeast: boolean } }
}

let kura: Institutions
let id: string
let staff: Depositor
let token: string
beforeAll(async () => {
  kura = await openInstitutions(['searched'])
  id = kura.ids[0] as string
  token = await kura.token(id, 'import', 'items:write')
  staff = depositor(kura, id, token)
})
afterAll(() => kura.close())

const ask = async (query: string, headers: Record<string, string> = {}) => {
  const response = await kura.request(id, `/api/v1/search?${query}`, { headers })
  expect([response.status, await response.clone().text()]).toEqual([200, expect.anything()])
  return await jsonOf<Answer>(response)
}
const found = async (query: string, headers?: Record<string, string>) =>
  (await ask(query, headers)).results.map(({ number }) => number)
const page = async (query: string) => await (await kura.request(id, `/search?${query}&lang=en`)).text()

/** Deposits records, each of a source and title of its own. */
async function deposit(...records: [title: string, more?: object][]): Promise<number[]> {
  const outcomes = await staff.lines(
    ...records.map(([title, more]) => ({ source: `${title} ${randomUUID()}`, record: minimal(title, more) })),
  )
  await kura.settle()
  return outcomes.map(({ item }) => item.number)
}

/** Gives an item a file of which this text has been read. */
async function giveText(item: number, text: string, access: 'open' | 'closed' = 'open') {
  const { db } = kura.tenant(id)
  const file = randomUUID()
  const sha256 = createHash('sha256').update(file).digest()
  await db.insertInto('scan').values({ sha256, state: 'clean' }).execute()
  await db
    .insertInto('file')
    .values({
      id: file,
      item,
      name: file,
      position: 1,
      current: true,
      access,
      object: file,
      size: 1,
      until: null,
      link: null,
      type: null,
      sha256,
      described: null,
    })
    .execute()
  await db.insertInto('file_text').values({ file, state: 'read', text, reason: null }).execute()
  await db.insertInto('outbox').values({ work: 'index', item, revision: 1 }).execute()
  await kura.round(id)
  return file
}

describe('the search of the API', () => {
  it('answers with summaries, addresses, snippets, totals and facets', async () => {
    const [first] = await deposit([
      'Otters of the estuary',
      {
        creators: [
          {
            names: [
              { value: '川端, 瀬音', lang: 'ja' },
              { value: 'Kawabata, Seoto', lang: 'en' },
            ],
          },
        ],
        subjects: [
          { value: 'otters', lang: 'en', scheme: 'Other' },
          { value: '489.58', scheme: 'NDC' },
        ],
        descriptions: [{ value: 'Where otters sleep.', lang: 'en', type: 'Abstract' }],
        dates: [{ value: '2021-05', type: 'Issued' }],
        languages: ['eng'],
      },
    ])
    const answer = await ask('q=otters')
    expect(answer).toMatchObject({
      results: [
        {
          number: first,
          url: `https://${id}.example/items/${first}`,
          year: '2021',
          snippet: [
            { text: 'Where ', hit: false },
            { text: 'otters', hit: true },
            { text: ' sleep.', hit: false },
          ],
        },
      ],
      total: { value: 1, atLeast: false },
      sort: 'relevance',
      facets: {
        type: { values: [{ value: 'journal article', count: 1 }], atLeast: false },
        year: { values: [{ value: '2021', count: 1 }] },
        language: { values: [{ value: 'eng', count: 1 }] },
        subject: { values: [{ value: 'otters', count: 1 }] },
        creator: { values: [{ value: '川端, 瀬音', count: 1 }] },
      },
    })
    expect((await ask('q=otters&facets=false')).facets).toBeUndefined()
    for (const narrowed of [
      'creator=川端, 瀬音',
      'year=2021&year=1999',
      'type=journal article&from=2021&to=2021',
      'subject=otters',
    ])
      expect(await found(`q=otters&${narrowed}`), narrowed).toEqual([first])
    for (const narrowed of ['type=thesis', 'from=2022', 'year=2021&language=jpn'])
      expect(await found(`q=otters&${narrowed}`), narrowed).toEqual([])
  })

  it('goes on where its next address says, to the end, and nowhere else', async () => {
    const numbers = await deposit(...Array.from({ length: 7 }, (_, i): [string] => [`Heron ${i}`]))
    const seen: number[] = []
    let query: string | undefined = 'q=heron&size=3&facets=false'
    while (query !== undefined) {
      const response = await kura.request(id, `/api/v1/search?${query}`)
      const answer: Answer = await jsonOf<Answer>(response)
      const link = response.headers.get('link') ?? ''
      expect(/<([^>]*)>; rel="next"/.exec(link)?.[1]).toBe(answer.next)
      expect(link.includes('rel="first"')).toBe(query.includes('after='))
      seen.push(...answer.results.map(({ number }) => number))
      expect(answer.next ?? `https://${id}.example/api/v1/search?`).toMatch(`https://${id}.example/api/v1/search?`)
      query = answer.next?.split('?')[1]
    }
    expect(seen.toSorted((a, b) => a - b)).toEqual(numbers.toSorted((a, b) => a - b))

    const after = new URL((await ask('q=heron&size=3')).next as string).searchParams.get('after') as string
    const forged = (change: object) =>
      Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(after, 'base64url').toString()), ...change })).toString(
        'base64url',
      )
    for (const [words, place] of [
      ['heron', 'x'],
      ['heron', '%00'],
      ['heron', `${after}x`],
      ['heron', forged({ key: "'; drop table item" })],
      ['heron', forged({ item: 1e20 })],
      ['otters', after],
    ]) {
      const response = await kura.request(id, `/api/v1/search?q=${words}&after=${place}`)
      expect(response.status, place).toBe(422)
      // Readers get the first page.
      const html = await page(`q=${words}&after=${place}`)
      expect(html).toContain('class="summaries"')
      expect(html).not.toContain('First page')
    }
  })

  it.each([
    'sort=best',
    'size=0',
    'size=101',
    'type=nonsense',
    'year=20',
    'from=yesterday',
    'collection=x',
    'page=2',
    'subject=%00',
  ])('says what is wrong with %s', async (query) => {
    const response = await kura.request(id, `/api/v1/search?q=a&${query}`)
    expect(response.status).toBe(422)
    expect((await jsonOf<{ detail: string }>(response)).detail).toContain(query.split('=')[0])
  })

  it('hides from readers what staff may see', async () => {
    const [hidden] = await deposit(['Hidden kingfisher'])
    await staff.api(`/items/${hidden}`, 'PATCH', { publicationDate: '2050-01-01' }, { 'if-match': '*' })
    await kura.settle()
    expect(await found('q=kingfisher')).toEqual([])
    expect(await found('q=kingfisher', { authorization: `Bearer ${token}` })).toEqual([hidden])
  })
})

describe('texts of files', () => {
  it('are found with the words of the record, and shown', async () => {
    const [item] = await deposit(['Salamander'])
    await giveText(item as number, 'The last page speaks of moonlight.')
    const { results } = await ask('q=salamander moonlight')
    expect(results[0]).toMatchObject({
      number: item,
      snippet: expect.arrayContaining([{ text: 'moonlight', hit: true }]),
    })
    expect(await found('q=salamander NOT moonlight')).toEqual([])
  })

  it('that are not open are found by nobody, from the moment they are closed', async () => {
    const [item] = await deposit(['Newt'])
    await giveText(item as number, 'Confidential toadstool', 'closed')
    const file = await giveText(item as number, 'Open mushroom')
    expect(await found('q=toadstool')).toEqual([])
    expect(await found('q=toadstool', { authorization: `Bearer ${token}` })).toEqual([])
    expect(await found('q=mushroom')).toEqual([item])
    await staff.api(`/items/${item}`, 'PATCH', { files: [{ name: file, access: 'closed' }] }, { 'if-match': '*' })
    await kura.settle()
    expect(await found('q=mushroom')).toEqual([])
  })
})

describe('an index that is behind', () => {
  it('shows no item that has been withdrawn since, and nothing of a file that has been closed', async () => {
    const [gone, closed] = await deposit(['Withdrawn wombat'], ['Other marsupial'])
    const file = await giveText(closed as number, 'A wombat in a file')
    expect(await found('q=wombat')).toEqual([gone, closed])
    const { db } = kura.tenant(id)
    // Whoever writes these items to the index has to wait.
    const letGo = Promise.withResolvers<void>()
    const held = Promise.withResolvers<void>()
    const holding = db.transaction().execute(async (tx) => {
      for (const item of [gone, closed]) await sql`select pg_advisory_xact_lock(3, ${item})`.execute(tx)
      held.resolve()
      await letGo.promise
    })
    await held.promise
    await staff.api(`/items/${gone}/withdrawal`, 'POST', { reason: 'x' })
    await staff.api(`/items/${closed}`, 'PATCH', { files: [{ name: file, access: 'closed' }] }, { 'if-match': '*' })
    const { results } = await ask('q=wombat')
    expect(results.map(({ number, snippet }) => [number, snippet])).toEqual([[closed, undefined]])
    expect(await page('q=wombat')).not.toContain('Withdrawn')
    letGo.resolve()
    await holding
    await kura.settle()
    expect(await found('q=wombat')).toEqual([])
  })

  it('takes words of any characters', async () => {
    const [item] = await deposit([`1${'𒀀'.repeat(80)}`])
    expect(await found(`q=${encodeURIComponent(`1${'𒀀'.repeat(80)}`)}`)).toEqual([item])
  })
})

describe('collections', () => {
  it('are counted and chosen as far as the asker may see them, at once when one is closed', async () => {
    const make = async (name: string, more: object = {}) =>
      (await jsonOf<{ id: number }>(staff.api('/collections', 'POST', { name: { ja: name }, ...more }))).id
    const above = await make('上')
    const below = await make('下', { parent: above })
    const beside = await make('横')
    const [item] = await deposit(['Collected beetle'])
    await staff.api(`/items/${item}/collections`, 'PUT', { collections: [below, beside] })
    await kura.settle()
    const counted = async (headers?: Record<string, string>) =>
      (await ask('q=beetle', headers)).facets.collection?.values.map(({ value, count, name }) => [
        Number(value),
        count,
        name,
      ])
    const both = [
      [below, 1, { ja: '下' }],
      [beside, 1, { ja: '横' }],
    ]
    expect(await counted()).toEqual(both)
    expect(await found(`q=beetle&collection=${below}`)).toEqual([item])

    await staff.api(`/collections/${above}`, 'PATCH', { public: false })
    expect(await counted()).toEqual([both[1]])
    expect(await found(`q=beetle&collection=${below}`)).toEqual([])
    expect(await page(`q=beetle&collection=${below}`)).not.toContain('下')
    expect(await found(`q=beetle&collection=${below}&collection=${beside}`)).toEqual([item])
    expect(await counted({ authorization: `Bearer ${token}` })).toEqual(both)

    await staff.api(`/items/${item}/collections`, 'PUT', { collections: [] })
    await kura.settle()
    expect(await counted()).toEqual([])
  })
})

describe('the page', () => {
  it('shows hits, facets and chips, and every state has an address', async () => {
    await deposit(['<b>Badger</b> & co', { dates: [{ value: '2019', type: 'Issued' }] }], ['Badger abroad'])
    const html = await page('q=badger&type=journal+article&from=2018')
    expect(html).toContain('&lt;b&gt;<mark>Badger</mark>&lt;/b&gt; &amp; co')
    expect(html).not.toContain('abroad')
    expect(html).toContain('href="/search?q=badger&amp;from=2018"')
    expect(html).toContain('href="/search?q=badger&amp;type=journal+article"')
    expect(html).toContain('href="/search?q=badger&amp;type=journal+article&amp;from=2018&amp;sort=title"')
    expect(html).toMatch(/1 item\b/)
  })

  it('takes nothing in its address for an error', async () => {
    for (const query of [
      'q=%00"(((',
      'q=a&type=x&type=y&year=&from=2020-99&to=abc&sort=best',
      'q=&subject=%00&collection=99999999999',
      'q=x&collection=1.5&collection=1e-3',
      'type=constructor&access=toString&language=__proto__',
      `q=${'NOT ('.repeat(300)}`,
    ]) {
      const response = await kura.request(id, `/search?${query}`)
      expect(response.status, query).toBe(200)
    }
  })
})

describe('an index that was lost', () => {
  it('is made again from the database, from any place, as often as one likes', async () => {
    const [item] = await deposit(['Phoenix'])
    await giveText(item as number, 'Out of the ashes')
    const tenant = kura.tenant(id)
    await tenant.db.deleteFrom('search_document').execute()
    expect(await found('q=phoenix')).toEqual([])
    let items = 0
    for await (const batch of reindex(tenant)) items += batch.items
    const { count } = await tenant.db
      .selectFrom('item')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    expect(items).toBe(count)
    expect(await found('q=phoenix ashes')).toEqual([item])
    for await (const batch of reindex(tenant, (item as number) - 1)) expect(batch.last).toBe(item)
    expect(await found('q=phoenix ashes')).toEqual([item])
  })
})
