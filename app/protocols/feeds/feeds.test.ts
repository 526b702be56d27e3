import { parseAtomFeed, parseRssFeed } from 'feedsmith'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Depositor, depositor, jsonOf, minimal } from '../../../test/support/depositor.ts'
import { ofClass, parseHtml } from '../../../test/support/html.ts'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'
import { parseXml, type XmlElement } from '../../records/formats/xml.ts'

let kura: Institutions
let id: string
let staff: Depositor
let item: number
let collection: number

const record = {
  titles: [
    { value: '潮位 <b>の</b> 記録 & その復元', lang: 'ja' },
    { value: 'Tide records', lang: 'en' },
  ],
  type: { term: 'journal article' },
  creators: [
    {
      identifiers: [{ scheme: 'ORCID', value: '0000-0002-1825-0097' }],
      names: [
        { value: '港, 花子', lang: 'ja' },
        { value: 'Minato, Hanako', lang: 'en' },
      ],
    },
    { names: [{ value: '岬, 太郎', lang: 'ja' }] },
  ],
  descriptions: [
    { value: `要旨 <script>alert(1)</script> ${'𠮷'.repeat(2_000)}`, type: 'Abstract', lang: 'ja' },
    { value: 'About tides.', type: 'Abstract', lang: 'en' },
    { value: 'Never shown', type: 'Other' },
  ],
  subjects: [{ value: '海洋', scheme: 'Other', lang: 'ja' }],
  dates: [{ value: '2025-03', type: 'Issued' }],
  identifiers: [{ value: '10.99999/tides.1', type: 'DOI' }],
}

beforeAll(async () => {
  kura = await openInstitutions(['feeds', 'bare'])
  id = kura.ids[0] as string
  staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
  const [outcome] = await staff.lines({ source: 'full', record, publicationDate: '2026-04-01' })
  item = outcome?.item.number as number
  collection = (
    await jsonOf<{ id: number }>(staff.api('/collections', 'POST', { name: { ja: '紀要', en: 'Bulletin' } }))
  ).id
  await staff.api(`/items/${item}/collections`, 'PUT', { collections: [collection] })
  const many = Array.from({ length: 60 }, (_, i) => ({
    source: `s${i}`,
    record: minimal(`Harbour ${String(i).padStart(2, '0')}`),
    publicationDate: '2026-03-01',
  }))
  await staff.lines(...many)
  await kura.settle()
})
afterAll(() => kura.close())

const url = () => `https://${id}.example`
const get = (path: string, headers: Record<string, string> = {}) => kura.request(id, path, { headers })
const atom = async (path: string, headers?: Record<string, string>) =>
  parseAtomFeed(await (await get(path, headers)).text())
const rss = async (path: string) => parseRssFeed(await (await get(path)).text())
const ENGLISH = { 'accept-language': 'en' }

describe('the Atom feed', () => {
  it('of the institution has what was published last, in the words of its reader', async () => {
    const feed = await atom('/feed.atom', ENGLISH)
    expect(feed).toMatchObject({
      id: `${url()}/feed.atom`,
      title: { value: `${id} University` },
      authors: [{ name: `${id} University` }],
      opensearch: { totalResults: 61, itemsPerPage: 50, queries: [{ role: 'request' }] },
    })
    expect(feed.entries).toHaveLength(50)
    const [entry] = feed.entries ?? []
    expect(entry).toMatchObject({
      id: `oai:${id}.example:${String(item).padStart(8, '0')}`,
      title: { value: 'Tide records' },
      links: [{ rel: 'alternate', href: `${url()}/items/${item}`, type: 'text/html' }],
      authors: [{ name: 'Minato, Hanako', uri: 'https://orcid.org/0000-0002-1825-0097' }, { name: '岬, 太郎' }],
      summary: { value: 'About tides.' },
      published: '2026-03-31T15:00:00.000Z',
      categories: [{ term: 'http://purl.org/coar/resource_type/c_6501', label: 'Journal article' }, { term: '海洋' }],
    })
  })

  it('in Japanese has Japanese texts as they are, and abstracts as far as there is room', async () => {
    const [entry] = (await atom('/feed.atom?lang=ja')).entries ?? []
    expect(entry?.title?.value).toBe('潮位 <b>の</b> 記録 & その復元')
    expect(entry?.summary?.value).toMatch(/^要旨 <script>alert\(1\)<\/script> 𠮷+…$/u)
    expect(entry?.summary?.value.length).toBeLessThanOrEqual(2_001)
  })

  it('has all that RFC 4287 asks for, and each once', async () => {
    const { root } = parseXml(
      await (await get('/feed.atom')).text(),
      new Map([
        ['http://www.w3.org/2005/Atom', 'a'],
        ['http://a9.com/-/spec/opensearch/1.1/', 'o'],
      ]),
    )
    const counts = ({ children }: XmlElement) =>
      Object.fromEntries([...Map.groupBy(children, ({ name }) => name)].map(([name, all]) => [name, all.length]))
    expect(root.name).toBe('a:feed')
    expect(root.attributes.get('xml:lang')).toBe('ja')
    expect(counts(root)).toMatchObject({ 'a:id': 1, 'a:title': 1, 'a:updated': 1, 'a:author': 1 })
    for (const entry of root.children.filter(({ name }) => name === 'a:entry')) {
      expect(counts(entry)).toMatchObject({ 'a:id': 1, 'a:title': 1, 'a:updated': 1, 'a:published': 1, 'a:link': 1 })
      for (const { name, text } of entry.children)
        if (['a:updated', 'a:published'].includes(name)) expect(new Date(text).toISOString()).toBe(text)
      const title = entry.children.find(({ name }) => name === 'a:title')
      expect(title?.attributes.get('type')).toBe('text')
    }
  })

  it('goes on where it ends', async () => {
    const first = await atom('/feed.atom')
    const next = first.links?.find(({ rel }) => rel === 'next')?.href as string
    const rest = await atom(next.slice(url().length))
    expect(rest.links?.find(({ rel }) => rel === 'next')).toBeUndefined()
    expect(rest.links?.find(({ rel }) => rel === 'self')?.href).toBe(next)
    expect(rest.id).toBe(first.id)
    const ids = [...(first.entries ?? []), ...(rest.entries ?? [])].map((entry) => entry.id)
    expect(new Set(ids).size).toBe(61)
  })

  it('of a search has what that finds, the newest first, and names it', async () => {
    const feed = await atom(`/feed.atom?q=harbour&type=${encodeURIComponent('journal article')}&sort=title&lang=en`)
    expect(feed.title?.value).toBe(`Results for “harbour” | ${id} University`)
    expect(feed.opensearch).toMatchObject({ totalResults: 60, queries: [{ searchTerms: 'harbour' }] })
    expect(feed.entries?.[0]?.title?.value).toBe('Harbour 59')
    const link = (rel: string) => feed.links?.find((each) => each.rel === rel)?.href
    expect(link('self')).toBe(`${url()}/feed.atom?q=harbour&type=journal+article&lang=en`)
    expect(link('alternate')).toBe(`${url()}/search?q=harbour&type=journal+article`)
  })

  it('carries whatever was typed as XML can', async () => {
    const feed = await atom(`/feed.atom?q=${encodeURIComponent('a"<b>&\u0007\ufffe]]>')}`)
    expect(feed.opensearch?.queries?.[0]?.searchTerms).toBe('a"<b>&]]>')
    expect(feed.opensearch?.totalResults).toBe(0)
  })

  it('of a collection has what lies in it', async () => {
    const feed = await atom(`/collections/${collection}/feed.atom`, ENGLISH)
    expect(feed.title?.value).toBe(`Bulletin | ${id} University`)
    expect(feed.entries?.map((entry) => entry.title?.value)).toEqual(['Tide records'])
    expect(feed.links?.find(({ rel }) => rel === 'alternate')?.href).toBe(`${url()}/collections/${collection}`)
    expect((await get(`/collections/${collection + 1}/feed.atom`)).status).toBe(404)
  })

  it('is there before anything else is', async () => {
    const response = await kura.request(kura.ids[1] as string, '/feed.atom')
    expect(parseAtomFeed(await response.text())).toMatchObject({ updated: '1970-01-01T00:00:00.000Z' })
  })

  it('says what it is, and is not sent again', async () => {
    const { headers } = await get('/feed.atom')
    expect(headers.get('content-type')).toBe('application/atom+xml; charset=utf-8')
    expect(headers.get('vary')).toContain('Accept-Language')
    expect(headers.get('set-cookie')).toBeNull()
    const again = await get('/feed.atom', { 'if-none-match': headers.get('etag') as string })
    expect([again.status, again.headers.get('content-language')]).toEqual([304, 'ja'])
  })
})

describe('the RSS feed', () => {
  it('has the same, described by Dublin Core', async () => {
    const feed = await rss('/feed.rss?lang=ja')
    expect(feed).toMatchObject({
      title: `${id}大学`,
      link: `${url()}/`,
      language: 'ja',
      atom: { links: [{ rel: 'self', href: `${url()}/feed.rss?lang=ja`, type: 'application/rss+xml' }] },
    })
    const [first] = feed.items ?? []
    expect(first).toMatchObject({
      title: '潮位 <b>の</b> 記録 & その復元',
      link: `${url()}/items/${item}`,
      guid: { value: `oai:${id}.example:${String(item).padStart(8, '0')}`, isPermaLink: false },
      pubDate: 'Tue, 31 Mar 2026 15:00:00 GMT',
      categories: [{ name: '海洋' }],
      dc: {
        creators: ['港, 花子', '岬, 太郎'],
        identifiers: ['https://doi.org/10.99999/tides.1'],
        dates: ['2025-03'],
      },
    })
    // What is text stays text where readers take it for HTML.
    expect(first?.description).toContain('&lt;script>')
  })

  it('of a collection has what lies in it', async () => {
    expect((await rss(`/collections/${collection}/feed.rss`)).items).toHaveLength(1)
  })
})

describe('pages', () => {
  it('say where the feed of what they list is', async () => {
    const feeds = async (path: string) =>
      parseHtml(await (await get(path)).text())
        .filter(({ name, attributes }) => name === 'link' && /\/(atom|rss)\+xml$/.test(attributes.get('type') ?? ''))
        .map(({ attributes }) => attributes.get('href') as string)
    expect(await feeds('/search?q=harbour&sort=title&lang=en')).toEqual([
      // That of the institution is on every page.
      '/feed.atom',
      '/feed.atom?q=harbour&lang=en',
      '/feed.rss?q=harbour&lang=en',
    ])
    const [, ofCollection] = await feeds(`/collections/${collection}`)
    expect((await atom(ofCollection as string)).entries).toHaveLength(1)
  })
})

it('does what the description of the search says', async () => {
  const response = await get('/opensearch.xml', ENGLISH)
  expect(response.headers.get('content-type')).toBe('application/opensearchdescription+xml; charset=utf-8')
  const { root } = parseXml(await response.text(), new Map([['http://a9.com/-/spec/opensearch/1.1/', 'o']]))
  const text = (name: string) => root.children.find((child) => child.name === `o:${name}`)?.text ?? ''
  expect(text('ShortName').length).toBeLessThanOrEqual(16)
  expect(text('LongName')).toBe(`${id} University`)
  expect(text('Contact')).toBe(`library@${id}.example`)
  const templates = new Map(
    root.children
      .filter(({ name }) => name === 'o:Url')
      .map(({ attributes }) => [attributes.get('type') as string, attributes.get('template') as string]),
  )
  const ask = async (type: string) =>
    await (await get((templates.get(type) as string).replace('{searchTerms}', 'tide').slice(url().length))).text()
  expect(parseAtomFeed(await ask('application/atom+xml')).entries?.[0]?.title?.value).toBe('Tide records')
  expect(ofClass(parseHtml(await ask('text/html')), 'work-title')?.text).toBe('Tide records')
})
