import LinkHeader from 'http-link-header'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Depositor, depositor, minimal, minimalXml } from '../../../test/support/depositor.ts'
import { disseminationOf } from '../../../test/support/dissemination.ts'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'
import type { DisseminatedFile, Dissemination } from '../../items/dissemination.ts'
import { outputs } from '../../records/formats/outputs.ts'
import { Record, type RecordInput } from '../../records/model.ts'
import { citeAs, signposts } from './index.ts'
import { writeLinkset, writeLinksetJson } from './linkset.ts'

const repository = { url: 'https://kura.example', name: { ja: '蔵' } }
const itemOf = (record: Partial<RecordInput>, others: Partial<Dissemination> = {}) =>
  disseminationOf(Record.parse(minimal('Tides', record)), others)
const fileOf = (name: string, more: Partial<DisseminatedFile> = {}): DisseminatedFile => ({
  name,
  label: name,
  url: `https://kura.example/items/7/files/${encodeURIComponent(name)}`,
  access: 'open',
  readable: true,
  type: 'application/pdf',
  ...more,
})
const headerOf = (item: Dissemination) => LinkHeader.parse(signposts(item, repository))
const hrefs = (item: Dissemination, rel: string) =>
  headerOf(item)
    .rel(rel)
    .map(({ uri }) => uri)

type Linkset = { linkset: ({ anchor: string } & { [rel: string]: { href: string; type?: string }[] })[] }
const linksetOf = (item: Dissemination) => (JSON.parse(writeLinksetJson(item, repository)) as Linkset).linkset

const author = (value: string) => ({ names: [{ value: 'x' }], identifiers: [{ scheme: 'ORCID' as const, value }] })

describe('an item is cited', () => {
  it.each([
    [{ identifierRegistration: { value: '10.99999/a', agency: 'JaLC' as const } }, 'https://doi.org/10.99999/a'],
    [{ identifiers: [{ value: 'https://doi.org/10.99999/b', type: 'DOI' as const }] }, 'https://doi.org/10.99999/b'],
    [{ identifiers: [{ value: '10.99999/<c>', type: 'DOI' as const }] }, 'https://doi.org/10.99999/%3Cc%3E'],
    [{ identifiers: [{ value: '2115/77', type: 'HDL' as const }] }, 'https://hdl.handle.net/2115/77'],
    [{ identifiers: [{ value: 'javascript:alert(1)', type: 'DOI' as const }] }, 'https://kura.example/items/7'],
    [{}, 'https://kura.example/items/7'],
  ])('by what %j says', (record, address) => {
    expect(citeAs(itemOf(record))).toBe(address)
    expect(hrefs(itemOf(record), 'cite-as')).toEqual([address])
  })
})

describe('the Link header of an item', () => {
  const item = itemOf(
    {
      creators: [author('0000-0002-1825-0097'), { names: [{ value: 'Nobody' }] }],
      rights: [
        { value: 'All rights reserved' },
        { value: 'CC BY', uri: 'https://creativecommons.org/licenses/by/4.0/' },
      ],
    },
    {
      files: [
        fileOf('論文.pdf', { type: 'application/pdf; charset=utf-8' }),
        fileOf('closed.pdf', { readable: false, access: 'closed' }),
        fileOf('elsewhere', { url: 'http://データ.example/a b', access: 'link', type: 'not a type' }),
        fileOf('nowhere', { url: 'javascript:alert(1)', access: 'link' }),
      ],
    },
  )

  it('says who, what and under which licence', () => {
    expect(hrefs(item, 'type')[0]).toBe('https://schema.org/AboutPage')
    expect(hrefs(item, 'author')).toEqual(['https://orcid.org/0000-0002-1825-0097'])
    expect(hrefs(item, 'license')).toEqual(['https://creativecommons.org/licenses/by/4.0/'])
    expect(hrefs(item, 'describedby')).toEqual(outputs.map(({ id }) => `https://kura.example/items/7/metadata/${id}`))
  })

  it('leads to the files that this reader may have, with their type', () => {
    const items = headerOf(item).rel('item')
    expect(items.map(({ uri, type }) => [uri, type])).toEqual([
      ['https://kura.example/items/7/files/%E8%AB%96%E6%96%87.pdf', 'application/pdf'],
      ['http://xn--5ckp3n.example/a%20b', undefined],
    ])
  })

  it('leads to the linkset in both forms', () => {
    expect(
      headerOf(item)
        .rel('linkset')
        .map(({ uri, type }) => [uri, type]),
    ).toEqual([
      ['https://kura.example/items/7/linkset.json', 'application/linkset+json'],
      ['https://kura.example/items/7/linkset', 'application/linkset'],
    ])
  })

  it('holds nothing that a header cannot, and stays short, however much there is', () => {
    const large = itemOf(
      { creators: Array.from({ length: 1_000 }, (_, i) => author(`0000-0000-0000-${String(i).padStart(4, '0')}`)) },
      { files: Array.from({ length: 1_000 }, (_, i) => fileOf(`${i} "蔵".pdf`)) },
    )
    const header = signposts(large, repository)
    expect(header.length).toBeLessThan(6_000)
    expect(header).toMatch(/^[\x20-\x7e]*$/)
    // All of a kind or none: half of the files would pass for all of them.
    expect(hrefs(large, 'item')).toEqual([])
    expect(hrefs(large, 'author')).toEqual([])
    expect(hrefs(large, 'cite-as')).toHaveLength(1)
    const [page, ...others] = linksetOf(large)
    expect([page?.item?.length, page?.author?.length, others.length]).toEqual([1_000, 1_000, 1_000 + outputs.length])
  })
})

describe('versions', () => {
  const made = (version: number) => ({
    version,
    madeAt: new Date(0),
    url: `https://kura.example/items/7/versions/${version}`,
  })
  const versions = [3, 2, 1].map(made)

  it('are found from one another (RFC 5829), and cited by their own address', () => {
    const second = itemOf(
      { identifiers: [{ value: '10.99999/a', type: 'DOI' }] },
      { url: made(2).url, version: made(2), versions },
    )
    expect(citeAs(second)).toBe(made(2).url)
    expect(hrefs(second, 'latest-version')).toEqual([made(3).url])
    expect(hrefs(second, 'predecessor-version')).toEqual([made(1).url])
    expect(hrefs(second, 'successor-version')).toEqual([made(3).url])
    expect(hrefs(second, 'version-history')).toEqual(['https://kura.example/items/7'])
    expect(hrefs(second, 'describedby')).toEqual([])
  })

  it('begin and end somewhere', () => {
    const at = (version: number) => itemOf({}, { url: made(version).url, version: made(version), versions })
    expect(hrefs(at(1), 'predecessor-version')).toEqual([])
    expect(hrefs(at(3), 'successor-version')).toEqual([])
    expect(hrefs(itemOf({}, { versions }), 'latest-version')).toEqual([made(3).url])
  })
})

describe('a linkset', () => {
  const item = itemOf({ creators: [author('0000-0002-1825-0097')] }, { files: [fileOf('a.pdf'), fileOf('b.csv')] })

  it('says the links of the page, and those of its files back to it', () => {
    const [page, first] = linksetOf(item)
    expect(page?.anchor).toBe(item.url)
    expect(page?.item?.map(({ href }) => href)).toEqual(item.files.map(({ url }) => url))
    const file = linksetOf(item).find(({ anchor }) => anchor === item.files[0]?.url)
    expect(file?.collection).toEqual([{ href: item.url, type: 'text/html' }])
    expect(first).toBeDefined()
  })

  it('says the same in both forms (RFC 9264)', () => {
    const asHeader = LinkHeader.parse(writeLinkset(item, repository).trim().replaceAll(',\n', ', ')).refs
    const asJson = linksetOf(item).flatMap(({ anchor, ...relations }) =>
      Object.entries(relations).flatMap(([rel, links]) => links.map((link) => ({ anchor, rel, ...link }))),
    )
    // What RFC 8288 does not name may be said several times in JSON: it is a list there (RFC 9264, section 4.2.4.3).
    expect(
      asHeader.map(({ uri, profile, ...others }) => ({ href: uri, ...others, ...(profile && { profile: [profile] }) })),
    ).toEqual(asJson)
  })
})

describe('over HTTP', () => {
  let kura: Institutions
  let id: string
  let staff: Depositor
  let address: string
  beforeAll(async () => {
    kura = await openInstitutions(['signposts'])
    id = kura.ids[0] as string
    staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
    const [outcome] = await staff.zip({ 'r.xml': minimalXml('Tides'), 'r/a.txt': 'a' })
    address = `/items/${outcome?.item.number}`
    await staff.api(`${address}/versions`, 'POST')
  })
  afterAll(() => kura.close())
  const get = (path: string, method = 'GET') => kura.request(id, path, { method })

  it.each(['GET', 'HEAD'])('the page of an item carries its links, also by %s', async (method) => {
    for (const path of [address, `${address}/versions/1`]) {
      const response = await get(path, method)
      const links = LinkHeader.parse(response.headers.get('link') ?? '')
      expect(links.rel('cite-as')[0]?.uri).toBe(`https://${id}.example${path}`)
      expect(links.rel('item')).toHaveLength(1)
    }
  })

  it('each link of ours leads somewhere, and a file leads back', async () => {
    for (const path of [address, `${address}/versions/1`]) {
      const { refs } = LinkHeader.parse((await get(path)).headers.get('link') ?? '')
      for (const { uri, type } of refs) {
        if (!uri.startsWith(`https://${id}.example`)) continue
        const response = await get(uri.slice(`https://${id}.example`.length))
        expect(response.status, uri).toBe(200)
        if (type) expect(response.headers.get('content-type')?.replace(/;.*/, ''), uri).toBe(type)
      }
    }
    const back = LinkHeader.parse((await get(`${address}/files/a.txt`)).headers.get('link') ?? '')
    expect(back.rel('collection')[0]?.uri).toBe(`https://${id}.example${address}`)
  })

  it('the linkset of what is gone is gone, and of what is not there is not there', async () => {
    expect((await get('/items/99/linkset.json')).status).toBe(404)
    expect((await get(`${address}/versions/9/linkset`)).status).toBe(404)
    await staff.api(`${address}/withdrawal`, 'POST', { reason: 'test' })
    expect((await get(`${address}/linkset.json`)).status).toBe(410)
    expect((await get(address)).headers.get('link')).toBeNull()
  })
})
