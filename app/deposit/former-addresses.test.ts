import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Depositor, depositor, minimal, minimalXml, type Outcome } from '../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { fc } from '../../test/support/property.ts'
import { normalAddress, OWN_SEGMENT } from './former-addresses.ts'

let kura: Institutions
let id: string
let token: string
let staff: Depositor

beforeAll(async () => {
  kura = await openInstitutions(['former'])
  id = kura.ids[0] as string
  token = await kura.token(id, 'import', 'items:write')
  staff = depositor(kura, id, token)
})
afterAll(() => kura.close())

const line = (source: string, formerAddresses: unknown[], more = {}) => ({
  source,
  formerAddresses,
  record: minimal(source),
  ...more,
})
const ask = async (path: string, init?: RequestInit) => {
  const response = await kura.request(id, path, init)
  return [response.status, response.headers.get('location')]
}
const itemAt = ({ item }: Outcome) => [301, `https://${id}.example/items/${item.number}`]
const nothing = [404, null]

describe('an address that an item had before', () => {
  it('answers 301 to where the item is now, however it is written', async () => {
    const [outcome] = await staff.lines(
      line('written', [
        'https://IR.old-u.example:8443/record/123',
        '/dspace/handle/10000/45/',
        'http://repo.old-u.example/xoops/detail.php?id=7&name=%e8%ab%96#top',
        '/old/論文',
      ]),
    )
    const moved = itemAt(outcome as Outcome)
    for (const path of [
      '/record/123',
      '/record/123/',
      '/re%63ord/123',
      '/x/../record/123',
      '/dspace/handle/10000/45',
      '/xoops/detail.php?id=7&name=%E8%AB%96',
      '/old/%e8%ab%96%E6%96%87',
    ])
      expect(await ask(path), path).toEqual(moved)
    expect(await ask('/record/123', { method: 'HEAD' })).toEqual(moved)
    for (const path of ['/record/12', '/record/123?x=1', '/Record/123', '/xoops/detail.php', '/xoops/detail.php?id=8'])
      expect(await ask(path), path).toEqual(nothing)
    expect(await ask('/record/123', { method: 'POST' })).toEqual(nothing)
  })

  it('is taken from the query of an import of XML, as often as it stands there', async () => {
    const query = 'source=by-query&formerAddresses=/cgi/1&formerAddresses=https%3A%2F%2Fold.example%2Fcgi%3Fn%3D2'
    const response = await kura.request(id, `/api/v1/imports?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/xml', authorization: `Bearer ${token}` },
      body: minimalXml('By query'),
    })
    const moved = itemAt((await response.json()) as Outcome)
    expect(await ask('/cgi/1')).toEqual(moved)
    expect(await ask('/cgi?n=2')).toEqual(moved)
  })

  it('stays when a later import does not name it, and is added without the record changing', async () => {
    const statuses = []
    for (const addresses of [['/ever/1'], ['/ever/1'], ['/ever/2'], ['/ever/1'], []])
      statuses.push((await staff.lines(line('ever', addresses)))[0])
    expect(statuses.map((outcome) => outcome?.status)).toEqual([
      'imported',
      'unchanged',
      'updated',
      'unchanged',
      'unchanged',
    ])
    for (const path of ['/ever/1', '/ever/2']) expect(await ask(path)).toEqual(itemAt(statuses[0] as Outcome))
  })

  it('of a file leads to the file, and to the item once it has no such file any more', async () => {
    const [outcome] = await staff.zip({ 'f.xml': minimalXml('F'), 'f/data one.csv': '1' })
    const { number, url } = (outcome as Outcome).item
    const kept = { files: [{ uri: `${url}/files/data%20one.csv` }] }
    const addresses = [{ address: '/bitstream/1', file: 'data one.csv' }]
    const [given] = await staff.lines({ source: 'f.xml', formerAddresses: addresses, record: minimal('F', kept) })
    expect(given?.status).toBe('updated')
    expect(await ask('/bitstream/1')).toEqual([301, `${url}/files/data%20one.csv`])
    expect((await kura.request(id, `/items/${number}/files/data%20one.csv`)).status).toBe(200)
    await staff.lines({ source: 'f.xml', record: minimal('F') })
    expect(await ask('/bitstream/1')).toEqual([301, url])
    const [wrong] = await staff.lines(line('no-file', [{ address: '/bitstream/2', file: 'none.pdf' }]))
    expect(wrong).toMatchObject({ status: 'rejected', errors: [{ path: 'formerAddresses[0]' }] })
  })

  it('leads to the tombstone of a withdrawn item, and nowhere for one that never was public', async () => {
    const [gone, ahead] = await staff.lines(
      line('gone', ['/gone']),
      line('ahead', ['/ahead'], { publicationDate: '2099-01-01' }),
    )
    await staff.api(`/items/${gone?.item.number}/withdrawal`, 'POST', { reason: 'x' }, { 'if-match': '"1"' })
    expect(await ask('/gone')).toEqual(itemAt(gone as Outcome))
    expect((await kura.request(id, `/items/${gone?.item.number}`)).status).toBe(410)
    expect(await ask('/ahead')).toEqual(nothing)
    expect(ahead?.status).toBe('imported')
  })

  it('that is another item’s is refused, and its record with it', async () => {
    const outcomes = await staff.lines(line('mine', ['/shared/1']), line('yours', ['/shared/0', '/shared/%31/']))
    expect(outcomes[1]).toMatchObject({
      status: 'rejected',
      errors: [{ rule: 'import.taken', message: `/shared/1 leads to item ${outcomes[0]?.item.number}` }],
    })
    expect(await ask('/shared/1')).toEqual(itemAt(outcomes[0] as Outcome))
    expect(await ask('/shared/0')).toEqual(nothing)
  })

  it.each([
    '/',
    '/?action=1',
    '/items/12',
    '/items',
    'https://old.example/records/5',
    '/api/v2/x',
    '/search?q=1',
    '/x/../oai',
    '/%61ssets/x',
    '',
    'record/1',
    '//old.example/1',
    'ftp://old.example/1',
    'javascript:alert(1)',
    'http://',
    `/${'x'.repeat(2_001)}`,
  ])('cannot be %j', async (address) => {
    const [outcome] = await staff.lines(line('cannot', [address]))
    expect(outcome).toMatchObject({
      status: 'rejected',
      errors: [{ rule: 'import.address', path: 'formerAddresses[0]' }],
    })
  })

  it('is not said again at length where it is none', async () => {
    const long = 'x'.repeat(100_000)
    const given = [long, `/items/${long.slice(0, 1_900)}`, { address: '/old/none', file: long }]
    const [outcome] = await staff.lines(line('long', given))
    expect(outcome?.errors.map(({ rule }) => rule)).toEqual(Array(3).fill('import.address'))
    for (const { message } of outcome?.errors ?? []) expect(message.length).toBeLessThan(200)
  })

  it('may be as long and as strange as an index can hold', async () => {
    const address = `/${Array.from({ length: 999 }, (_, i) => String.fromCharCode(97 + ((i * 7_919) % 26))).join('')}`
    const strange = `/${encodeURIComponent("<script>'; drop table item --\u0000")}`
    const [outcome] = await staff.lines(line('strange', [address, strange]))
    expect(outcome?.status).toBe('imported')
    for (const path of [address, strange]) expect(await ask(path)).toEqual(itemAt(outcome as Outcome))
  })

  it('is looked up by its index among very many', async () => {
    await kura.asSuperuser(
      id,
      `insert into former_address select '/many/' || n, (select min(number) from item), null from generate_series(1, 100000) as n;
       analyze former_address`,
    )
    const { db } = kura.tenant(id)
    const plan = await db
      .selectFrom('former_address')
      .innerJoin('publication', 'publication.item', 'former_address.item')
      .select('former_address.item')
      .where('address', '=', '/many/77777')
      .explain()
    expect(JSON.stringify(plan)).toContain('former_address_pkey')
    expect((await ask('/many/77777'))[0]).toBe(301)
  })
})

it('no route of ours begins with what an old address may begin with', () => {
  // A name that is a pattern: `:logo{logo\\.[0-9a-f]{16}\\.png}`.
  for (const { path } of kura.app.routes.filter(({ method }) => method === 'GET'))
    expect(
      path
        .split('/')[1]
        ?.replace(/^:\w+\{/, '')
        .replaceAll('\\', ''),
      path,
    ).toMatch(OWN_SEGMENT)
})

it('is the same address whatever of it is escaped, and wherever it was', () => {
  const segments = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 })
  const escapedAll = (text: string) =>
    [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  fc.assert(
    fc.property(segments, fc.boolean(), (parts, slash) => {
      fc.pre(parts.every((part) => part.isWellFormed() && part !== '.' && part !== '..'))
      const plain = `/${parts.map(encodeURIComponent).join('/')}`
      const escaped = `HTTPS://Old.Example/${parts.map(escapedAll).join('/')}${slash ? '/' : ''}`
      expect(normalAddress(escaped)).toBe(normalAddress(plain))
      expect(normalAddress(plain)).toMatch(/^[\x21-\x7e]+$/)
    }),
  )
})
