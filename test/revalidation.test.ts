import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Depositor, depositor, jsonOf, minimalXml } from './support/depositor.ts'
import { type Institutions, openInstitutions } from './support/institutions.ts'

/** Whoever comes back for what they have is told so, wherever they come; and what has changed is sent. */

let kura: Institutions
let id: string
let staff: Depositor
let token: string

beforeAll(async () => {
  kura = await openInstitutions(['revalidation'])
  id = kura.ids[0] as string
  token = await kura.token(id, 'import', 'items:write')
  staff = depositor(kura, id, token)
  await change('Tides')
  await staff.api('/items/1/versions', 'POST')
  await jsonOf(staff.api('/collections', 'POST', { name: { ja: '集' } }))
  await staff.api('/items/1/collections', 'PUT', { collections: [1] })
  await kura.settle()
})
afterAll(() => kura.close())

const change = (title: string) => staff.zip({ 'r.xml': minimalXml(title), 'r/a.txt': 'a' })
const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  kura.request(id, path, { headers, method })
/** Makes all that there is older: what changed just now has no date. */
const age = async () => {
  await kura.asSuperuser(id, `update publication set datestamp = datestamp - interval '1 hour'`)
  await kura.asSuperuser(id, `update version set made_at = made_at - interval '1 hour'`)
  await kura.asSuperuser(id, `update file set created_at = created_at - interval '1 hour'`)
}

/** Addresses, and whether what is there changes with an item's title. */
const addresses: [path: string, changes: boolean][] = [
  ['/', true],
  ['/?lang=en', true],
  ['/search', true],
  ['/search?q=tides', true],
  ['/items/1', true],
  // It says how often it was looked at.
  ['/items/1/versions/1', true],
  ['/items/1/files/a.txt', false],
  ['/items/1/linkset.json', false],
  ['/items/1/linkset', false],
  ['/collections', false],
  ['/collections/1', true],
  ['/collections/1/feed.atom', true],
  ['/feed.atom', true],
  ['/feed.rss', true],
  ['/sitemap.xml', true],
  ['/sitemap-pages.xml', false],
  ['/sitemap-items-0.xml', true],
  ['/sitemap-collections-0.xml', false],
  ['/robots.txt', false],
  ['/opensearch.xml', false],
  ['/.well-known/api-catalog', false],
  ['/.well-known/security.txt', false],
  ['/api/v1/items/1', true],
  ['/api/v1/search', true],
  ['/api/v1/collections', false],
]

const KEPT = ['etag', 'cache-control', 'vary', 'content-language', 'link', 'last-modified', 'content-security-policy']

describe('by entity tag', () => {
  it.each(addresses)('%s is sent once', async (path) => {
    for (const method of ['GET', 'HEAD']) {
      const first = await get(path, {}, method)
      expect(first.status).toBe(200)
      const etag = first.headers.get('etag') as string
      const again = await get(path, { 'if-none-match': etag }, method)
      expect([again.status, await again.text()]).toEqual([304, ''])
      for (const name of KEPT) {
        // A file's own policy is about its content.
        if (name === 'content-security-policy' && path.includes('/files/')) continue
        expect(again.headers.get(name), name).toBe(first.headers.get(name))
      }
      expect(again.headers.get('content-type')).toBeNull()
    }
  })

  it('is sent again exactly where a change shows', async () => {
    const tags = async () =>
      await Promise.all(addresses.map(async ([path]) => (await get(path)).headers.get('etag') as string))
    const before = await tags()
    await change('Other tides')
    await kura.settle()
    const after = await tags()
    const changed = addresses.filter((_, i) => after[i] !== before[i]).map(([path]) => path)
    expect(changed).toEqual(addresses.flatMap(([path, changes]) => (changes ? [path] : [])))
  })

  it('is another in another language', async () => {
    const tagIn = async (language: string) =>
      (await get('/items/1', { 'accept-language': language })).headers.get('etag') as string
    expect(await tagIn('en')).not.toBe(await tagIn('ja'))
    expect((await get('/items/1', { 'accept-language': 'en', 'if-none-match': await tagIn('ja') })).status).toBe(200)
  })

  it('remembers the language that was asked for also where the page is not sent again', async () => {
    const first = await get('/items/1?lang=en')
    const again = await get('/items/1?lang=en', { 'if-none-match': first.headers.get('etag') as string })
    expect(again.headers.get('set-cookie')).toBe(first.headers.get('set-cookie'))
  })
})

it.each(addresses)('%s is refused to who means another', async (path) => {
  for (const tags of ['"other"', '']) {
    const response = await get(path, { 'if-match': tags, 'accept-encoding': 'gzip' })
    expect([response.status, response.headers.get('etag')]).toEqual([412, null])
    expect(await response.text()).toMatch(/^<!DOCTYPE html>|"status":412/)
  }
})

describe('by date', () => {
  const DATED = [
    '/items/1',
    '/items/1/versions/1',
    '/items/1/files/a.txt',
    '/items/1/linkset.json',
    '/sitemap-items-0.xml',
  ]

  it.each(DATED)('%s is sent once', async (path) => {
    await age()
    const first = await get(path)
    const modified = first.headers.get('last-modified') as string
    const again = await get(path, { 'if-modified-since': modified })
    expect(again.status).toBe(304)
    for (const name of ['vary', 'cache-control', 'content-language', 'last-modified'])
      expect(again.headers.get(name), name).toBe(first.headers.get(name))
    const earlier = new Date(Date.parse(modified) - 1_000).toUTCString()
    expect((await get(path, { 'if-modified-since': earlier })).status).toBe(200)
    expect((await get(path, { 'if-modified-since': modified, 'if-none-match': '"other"' })).status).toBe(200)
  })

  it('an item is sent again after each change that shows', async () => {
    const changes = [
      () => change('Tides of late'),
      () => staff.api('/items/1/versions', 'POST'),
      async () =>
        staff.api(
          '/items/1',
          'PATCH',
          { files: [{ name: 'a.txt', access: 'closed' }] },
          {
            'if-match': (await staff.api('/items/1')).headers.get('etag') as string,
          },
        ),
    ]
    for (const make of changes) {
      await age()
      const since = (await get('/items/1')).headers.get('last-modified') as string
      expect((await get('/items/1', { 'if-modified-since': since })).status).toBe(304)
      await make()
      expect((await get('/items/1', { 'if-modified-since': since })).status).toBe(200)
    }
  })

  it('a withdrawn item is gone, whatever its date', async () => {
    await age()
    const since = (await get('/items/1')).headers.get('last-modified') as string
    await staff.api('/items/1/withdrawal', 'POST', { reason: 'test' })
    const gone = await get('/items/1', { 'if-modified-since': since })
    expect([gone.status, gone.headers.get('etag'), gone.headers.get('last-modified')]).toEqual([410, null, null])
    await staff.api('/items/1/withdrawal', 'DELETE')
  })

  it('a file goes on where it was broken off, by tag or date, and from the beginning if it is another', async () => {
    await age()
    await staff.zip({ 'r.xml': minimalXml('Tides'), 'r/b.txt': '0123456789' })
    await age()
    const { headers } = await get('/items/1/files/b.txt')
    for (const name of ['etag', 'last-modified']) {
      const rest = await get('/items/1/files/b.txt', { range: 'bytes=5-', 'if-range': headers.get(name) as string })
      expect([rest.status, await rest.text()]).toEqual([206, '56789'])
    }
    const other = { range: 'bytes=5-', 'if-range': 'Sun, 06 Nov 1994 08:49:37 GMT' }
    expect((await get('/items/1/files/b.txt', other)).status).toBe(200)
  })
})

it('lets nobody keep what a token showed', async () => {
  for (const path of ['/items/1', '/search', '/api/v1/search']) {
    const { headers } = await get(path, { authorization: `Bearer ${token}` })
    expect([headers.get('cache-control'), headers.get('etag')], path).toEqual(['private, no-store', null])
  }
})
