import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Depositor, depositor, jsonOf, minimal } from '../../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'
import { fc, timeout, tried } from '../../../test/support/property.ts'
import { parseXml, type XmlElement } from '../../records/formats/xml.ts'

let kura: Institutions
let id: string
let staff: Depositor

beforeAll(async () => {
  kura = await openInstitutions(['sitemaps', 'history', 'bare'])
  await at(0)
})
afterAll(() => kura.close())

async function at(index: number) {
  id = kura.ids[index] as string
  staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
}

const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9'

interface Entry {
  path: string
  lastmod?: string
}

/** Reads a sitemap or an index, and refuses what sitemaps.org's schemas would. */
function readSitemap(xml: string, root: 'urlset' | 'sitemapindex'): Entry[] {
  const tree = parseXml(xml, new Map([[NAMESPACE, 's']])).root
  expect(tree.name).toBe(`s:${root}`)
  expect(tree.children.length).toBeGreaterThan(0)
  expect(tree.children.length).toBeLessThanOrEqual(50_000)
  expect(Buffer.byteLength(xml)).toBeLessThanOrEqual(50 * 2 ** 20)
  return tree.children.map(({ name, children }) => {
    expect(name).toBe(root === 'urlset' ? 's:url' : 's:sitemap')
    expect(children.map((child) => child.name)).toEqual(['s:loc', 's:lastmod'].slice(0, children.length))
    const [loc, lastmod] = children as [XmlElement, XmlElement?]
    const { origin, pathname } = new URL(loc.text)
    expect(origin).toBe(`https://${id}.example`)
    if (lastmod) expect(new Date(lastmod.text).toISOString()).toBe(lastmod.text)
    return { path: pathname, ...(lastmod && { lastmod: lastmod.text }) }
  })
}

const get = (path: string, headers: Record<string, string> = {}) => kura.request(id, path, { headers })
const index = async () => readSitemap(await (await get('/sitemap.xml')).text(), 'sitemapindex')
const part = async (path: string) => readSitemap(await (await get(path)).text(), 'urlset')

/** Each part's own entries, by the part. */
async function everything(): Promise<Map<string, Entry[]>> {
  const parts = await index()
  return new Map(await Promise.all(parts.map(async ({ path }): Promise<[string, Entry[]]> => [path, await part(path)])))
}

const nextNumber = (number: number) => kura.asSuperuser(id, `select setval('item_number', ${number - 1})`)

it('names the front page where there is nothing else', async () => {
  await at(2)
  expect(await everything()).toEqual(new Map([['/sitemap-pages.xml', [{ path: '/' }, { path: '/collections' }]]]))
  for (const path of ['/sitemap-items-0.xml', '/sitemap-items-999999.xml', '/sitemap-collections-0.xml'])
    expect((await get(path)).status, path).toBe(404)
})

describe('items', () => {
  it('stand in the part of their number, with the day on which they changed', async () => {
    await at(0)
    await nextNumber(9_998)
    await staff.lines(...['a', 'b', 'c', 'd'].map((source) => ({ source, record: minimal(source) })))
    const sitemaps = await everything()
    expect(sitemaps.get('/sitemap-items-0.xml')?.map(({ path }) => path)).toEqual(['/items/9998', '/items/9999'])
    expect(sitemaps.get('/sitemap-items-1.xml')?.map(({ path }) => path)).toEqual(['/items/10000', '/items/10001'])
    const changed = sitemaps.get('/sitemap-items-1.xml')?.map(({ lastmod }) => lastmod as string)
    const named = (await index()).find(({ path }) => path === '/sitemap-items-1.xml')
    expect(named?.lastmod).toBe(changed?.sort().at(-1))
  })

  it('that change leave the other parts as they are', async () => {
    const tags = async () =>
      await Promise.all(
        ['/sitemap.xml', '/sitemap-items-0.xml', '/sitemap-items-1.xml'].map(
          async (path) => (await get(path)).headers.get('etag') as string,
        ),
      )
    const before = await tags()
    expect(await tags()).toEqual(before)
    await staff.lines({ source: 'c', record: minimal('c, changed') })
    const after = await tags()
    expect(after.map((tag, i) => tag === before[i])).toEqual([false, true, false])
    expect((await get('/sitemap-items-0.xml', { 'if-none-match': after[1] as string })).status).toBe(304)
    expect((await get('/sitemap-items-1.xml', { 'if-none-match': before[2] as string })).status).toBe(200)
  })

  it('that were withdrawn leave their part, which says so by its date', async () => {
    await kura.asSuperuser(id, `update publication set datestamp = datestamp - interval '1 hour'`)
    const modified = (await get('/sitemap-items-1.xml')).headers.get('last-modified') as string
    expect((await get('/sitemap-items-1.xml', { 'if-modified-since': modified })).status).toBe(304)
    await staff.api('/items/10001/withdrawal', 'POST', { reason: 'test' })
    const response = await get('/sitemap-items-1.xml', { 'if-modified-since': modified })
    expect(response.status).toBe(200)
    expect(await response.text()).not.toContain('/items/10001')
  })

  it('are sent packed to who can unpack them', async () => {
    const response = await get('/sitemap.xml', { 'accept-encoding': 'gzip' })
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect(response.headers.get('vary')).toContain('Accept-Encoding')
    const tag = response.headers.get('etag') as string
    expect((await get('/sitemap.xml', { 'accept-encoding': 'gzip', 'if-none-match': tag })).status).toBe(304)
  })
})

it('names the collections that readers may know of', async () => {
  await at(0)
  const make = async (more: object = {}) =>
    (await jsonOf<{ id: number }>(staff.api('/collections', 'POST', { name: { ja: '集' }, ...more }))).id
  const top = await make()
  const hidden = await make({ public: false })
  await make({ parent: hidden })
  expect(await part('/sitemap-collections-0.xml')).toEqual([{ path: `/collections/${top}` }])
  expect((await index()).map(({ path }) => path)).toContain('/sitemap-collections-0.xml')
})

type Step = { kind: 'import' | 'schedule' | 'withdraw' | 'restore' | 'delete' | 'edit'; at: number } | { kind: 'wait' }
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('import' as const, 'schedule', 'withdraw', 'restore', 'delete', 'edit'),
    at: fc.nat(5),
  }),
  fc.record({ kind: fc.constant('wait' as const) }),
)

let histories = 0

/** Numbers on both sides of where one part ends and the next begins. */
async function live(steps: Step[]): Promise<{ expected: string[]; listed: string[] }> {
  const [today, begun] = [new Date(Date.UTC(2030, 0, 1 + 10 * histories)), histories++]
  const day = (days: number) => new Date(today.getTime() + days * 86_400_000).toISOString().slice(0, 10)
  let now = 0
  const setDay = () => kura.clock.set(`${day(now)}T12:00:00+09:00`)
  setDay()
  await nextNumber(10_000 * (begun + 1) - 3)
  const items: { number: number; status: 'public' | 'scheduled' | 'withdrawn' | 'deleted'; due: number }[] = []
  for (const each of steps) {
    if (each.kind === 'wait') {
      now += 1
      setDay()
      await kura.round(id)
      for (const item of items) if (item.status === 'scheduled' && item.due <= now) item.status = 'public'
    } else if (each.kind === 'import' || each.kind === 'schedule') {
      const due = each.kind === 'import' ? 0 : now + 2
      const source = `${begun}-${items.length}`
      const [outcome] = await staff.lines({ source, record: minimal(source), publicationDate: day(due) })
      items.push({ number: outcome?.item.number as number, status: due <= now ? 'public' : 'scheduled', due })
    } else {
      const item = items[each.at]
      if (!item || item.status === 'deleted') continue
      const address = `/items/${item.number}`
      if (each.kind === 'delete') {
        await staff.api(address, 'DELETE')
        item.status = 'deleted'
      } else if (each.kind === 'withdraw' && item.status !== 'withdrawn') {
        await staff.api(`${address}/withdrawal`, 'POST', { reason: 'test' })
        item.status = 'withdrawn'
      } else if (each.kind === 'restore' && item.status === 'withdrawn') {
        await staff.api(`${address}/withdrawal`, 'DELETE')
        item.status = item.due <= now ? 'public' : 'scheduled'
      } else if (each.kind === 'edit') {
        await staff.lines({ source: `${begun}-${each.at}`, record: minimal(`edited ${now}`) })
      }
    }
  }
  const sitemaps = await everything()
  for (const [path, entries] of sitemaps)
    for (const { path: item } of entries)
      if (item.startsWith('/items/'))
        expect(path).toBe(`/sitemap-items-${Math.floor(Number(item.slice(7)) / 10_000)}.xml`)
  const ours = new Set(items.map(({ number }) => `/items/${number}`))
  return {
    expected: items.filter(({ status }) => status === 'public').map(({ number }) => `/items/${number}`),
    listed: [...sitemaps.values()]
      .flatMap((entries) => entries.map(({ path }) => path))
      .filter((path) => ours.has(path)),
  }
}

it(
  'list exactly what the public may see, each once, whatever came before',
  async () => {
    await at(1)
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 20, size: 'max' }), async (steps) => {
        const { expected, listed } = await live(steps)
        expect(listed).toEqual(expected)
      }),
      tried('sitemaps', 8, 100),
    )
  },
  timeout(100),
)
