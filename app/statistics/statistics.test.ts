import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Depositor, depositor, minimal, minimalXml } from '../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import type { Tenant } from '../tenancy/index.ts'
import { createUseCounter } from './counter.ts'
import { countUse, mostRead } from './index.ts'

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
let kura: Institutions
let fresh: string[]
let tenant: Tenant
let staff: Depositor

beforeAll(async () => {
  kura = await openInstitutions(['shared', 'frozen', 'one', 'two', 'three', 'four'], ({ id }) =>
    id.startsWith('frozen') ? { state: 'readonly' } : {},
  )
  fresh = kura.ids.slice(2)
})
afterAll(() => kura.close())

async function at(id: string) {
  kura.clock.set('2026-06-15T12:00:00Z')
  tenant = kura.tenant(id)
  staff = depositor(kura, id, await kura.token(id, 'import', 'items:write', 'files:read'))
}
beforeEach(() => at(kura.ids[0] as string))

let sources = 0
const items = async (...titles: string[]) =>
  (await staff.lines(...titles.map((title) => ({ source: `${++sources}`, record: minimal(title) })))).map(
    ({ item }) => item.number,
  ) as [number, ...number[]]
function look(item: number, times = 1, userAgent: string | undefined = BROWSER) {
  for (let i = 0; i < times; i++) countUse(tenant, { kind: 'view', item, userAgent })
}
const usesOf = async ({ db }: Tenant, item: number) =>
  (await db.selectFrom('item_use').select(['views', 'downloads']).where('item', '=', item).executeTakeFirst()) ?? {
    views: 0,
    downloads: 0,
  }
const ranking = async (size = 10) => {
  await kura.settle()
  return (await mostRead(tenant, size)).map(({ number }) => number)
}

describe('a use', () => {
  it('is counted with those of the same item', async () => {
    const [item, other] = (await items('a', 'b')) as [number, number]
    look(item, 3)
    countUse(tenant, { kind: 'download', item, userAgent: BROWSER })
    await kura.settle()
    look(item)
    await kura.settle()
    expect(await usesOf(tenant, item)).toEqual({ views: 4, downloads: 1 })
    expect(await usesOf(tenant, other)).toEqual({ views: 0, downloads: 0 })
  })

  it.each([
    ['a crawler', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'],
    [
      'a crawler of a language model',
      'Mozilla/5.0 AppleWebKit/537.36 (compatible; GPTBot/1.2; +https://openai.com/gptbot)',
    ],
    ['a command', 'curl/8.14.1'],
    ['a script', 'python-requests/2.32.4'],
    ['a program that does not say what it is', undefined],
    ['a program that says nothing', ''],
  ])('by %s is not counted', async (_, userAgent) => {
    const [item] = await items('a')
    countUse(tenant, { kind: 'view', item, userAgent })
    await kura.settle()
    expect(await usesOf(tenant, item)).toEqual({ views: 0, downloads: 0 })
  })

  it('belongs to the day that it is where the institution is', async () => {
    const [item] = await items('a')
    kura.clock.set('2026-06-15T14:59:59Z')
    look(item)
    kura.clock.set('2026-06-15T15:00:00Z')
    look(item, 2)
    await kura.settle()
    const days = await tenant.db
      .selectFrom('item_use_day')
      .selectAll()
      .where('item', '=', item)
      .orderBy('day')
      .execute()
    expect(days).toEqual([
      { item, day: '2026-06-15', views: 1, downloads: 0 },
      { item, day: '2026-06-16', views: 2, downloads: 0 },
    ])
    expect(await usesOf(tenant, item)).toEqual({ views: 3, downloads: 0 })
  })

  it('of an item that there is not is dropped, and the others are kept', async () => {
    const [item] = await items('a')
    look(item)
    look(1_000_000)
    await kura.settle()
    expect(await usesOf(tenant, item)).toEqual({ views: 1, downloads: 0 })
    expect(await usesOf(tenant, 1_000_000)).toEqual({ views: 0, downloads: 0 })
  })
})

describe('the most read items', () => {
  // A ranking is kept for a while: each is the first of its institution.
  beforeEach(() => at(fresh.pop() as string))

  it('come in the order of their uses, as many as are asked for, with their summaries', async () => {
    const [a, b, c, d] = (await items('a', 'b', 'c', 'd')) as [number, number, number, number]
    look(b, 3)
    look(c, 1)
    countUse(tenant, { kind: 'download', item: c, userAgent: BROWSER })
    look(a, 1)
    await kura.settle()
    expect(await mostRead(tenant, 2)).toMatchObject([
      { number: b, titles: [{ value: 'b' }], views: 3, downloads: 0 },
      { number: c, titles: [{ value: 'c' }], views: 1, downloads: 1 },
    ])
    expect(await ranking()).toEqual([b, c, a])
    expect(await ranking()).not.toContain(d)
  })

  it('are those of the last thirty days, today among them', async () => {
    const [a, b] = (await items('a', 'b')) as [number, number]
    look(a, 5)
    kura.clock.set('2026-06-16T12:00:00Z')
    look(b)
    kura.clock.set('2026-07-15T12:00:00Z')
    expect(await ranking()).toEqual([b])
  })

  it('lose at once what is withdrawn, and name the next in its place', async () => {
    const [a, b, c] = (await items('a', 'b', 'c')) as [number, number, number]
    look(a, 3)
    look(b, 2)
    look(c, 1)
    expect(await ranking(2)).toEqual([a, b])
    await staff.api(`/items/${a}/withdrawal`, 'POST', { reason: 'x' })
    expect(await ranking(2)).toEqual([b, c])
    await staff.api(`/items/${b}`, 'DELETE')
    expect(await ranking(2)).toEqual([c])
  })
})

describe('a download', () => {
  it('is counted once, wherever its reader goes on, and never of staff', async () => {
    const [outcome] = await staff.zip({ 'x.xml': minimalXml('x'), 'x/f.txt': '0123456789' })
    const item = outcome?.item.number as number
    const get = async (headers: Record<string, string> = {}, method = 'GET') => {
      const response = await kura.request(tenant.id, `/items/${item}/files/f.txt`, {
        method,
        headers: { 'user-agent': BROWSER, ...headers },
      })
      await response.text()
      await kura.settle()
      return [response.status, (await usesOf(tenant, item)).downloads]
    }
    expect(await get({}, 'HEAD')).toEqual([200, 0])
    expect(await get()).toEqual([200, 1])
    expect(await get({ range: 'bytes=0-3' })).toEqual([206, 2])
    expect(await get({ range: 'bytes=4-' })).toEqual([206, 2])
    expect(await get({ range: 'bytes=99-' })).toEqual([416, 2])
    expect(await get({ 'if-none-match': '*' })).toEqual([304, 2])
    expect(await get({ authorization: `Bearer ${await kura.token(tenant.id, 'files:read')}` })).toEqual([200, 2])
    expect(await get({ 'user-agent': 'curl/8' })).toEqual([200, 2])
  })
})

describe('counting', () => {
  it('goes on once the database is there again', async () => {
    const [item] = await items('a')
    const warnings: unknown[] = []
    const counter = createUseCounter({ warn: (context: unknown) => warnings.push(context) } as never)
    const gone: Tenant = { ...tenant, db: { ...tenant.db } as never, today: () => '2026-06-15' }
    counter.note(gone, { kind: 'view', item })
    await counter.write()
    expect(warnings).toHaveLength(1)
    Object.assign(gone, { db: tenant.db })
    counter.note(gone, { kind: 'view', item })
    await counter.write()
    expect(await usesOf(tenant, item)).toEqual({ views: 2, downloads: 0 })
  })

  it('of what comes at once to several processes loses nothing', async () => {
    const numbers = await items(...Array.from({ length: 30 }, (_, i) => `item ${i}`))
    const counters = Array.from({ length: 4 }, () => createUseCounter({ warn: expect.unreachable } as never))
    for (let round = 0; round < 10; round++) {
      for (const [index, counter] of counters.entries())
        for (const item of index % 2 === 0 ? numbers : numbers.toReversed())
          counter.note(tenant, { kind: 'view', item })
      await Promise.all(counters.map((counter) => counter.write()))
    }
    for (const item of numbers) expect(await usesOf(tenant, item)).toEqual({ views: 40, downloads: 0 })
  })

  it('is done also where nothing may be changed', async () => {
    await at(kura.ids[1] as string)
    await sql`insert into item (number, status, record, model_version, access, publication_date, revision)
              values (1, 'public', '{}', 1, 'open access', '2026-01-01', 1)`.execute(tenant.db)
    look(1)
    await kura.settle()
    expect(await usesOf(tenant, 1)).toEqual({ views: 1, downloads: 0 })
  })
})
