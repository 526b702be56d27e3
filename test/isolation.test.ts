import { inspectRoutes } from 'hono/dev'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logoAddress } from '../app/pages/links.ts'
import { setLogo } from '../app/settings/store.ts'
import type { Logo } from '../app/tenancy/schema.ts'
import { depositor, jsonOf, minimal, minimalXml } from './support/depositor.ts'
import { type Institutions, openInstitutions } from './support/institutions.ts'

/** Nothing of one institution is seen, changed or confirmed to exist through another. */

const SECRET = 'Kingfisher'
let kura: Institutions
let [a, b] = ['', '']
let tokenOfA: string
let tokenOfB: string
/** An item that B has and A has not, with a file, a version and an OAI identifier of its own. */
let item: number
/** Where B's logo is. */
let logoOfB: string
/** Id of an upload of that item. */
let upload: string

beforeAll(async () => {
  kura = await openInstitutions(['aye', 'bee', 'readonly', 'closed'], ({ id }) => {
    if (id.startsWith('readonly')) return { state: 'readonly' }
    if (id.startsWith('closed')) return { state: 'closed' }
    return {}
  })
  ;[a, b] = kura.ids as [string, string]
  tokenOfA = await kura.token(a, 'import', 'items:write', 'files:read', 'settings:write', 'transfer')
  tokenOfB = await kura.token(b, 'import', 'items:write', 'files:read', 'settings:write', 'transfer')
  const staffOfB = depositor(kura, b, tokenOfB)
  for (let i = 0; i < 3; i++) await staffOfB.lines({ source: `s${i}`, record: minimal(`${SECRET} ${i}`) })
  // No number that the other institution comes to give by itself.
  await staffOfB.lines({ source: 'far', number: 40_000, record: minimal(`${SECRET} far`) })
  const [outcome] = await staffOfB.zip({
    'x.xml': minimalXml(`${SECRET} with a file`),
    'x/f.txt': `${SECRET} in a file`,
  })
  item = outcome?.item.number as number
  await staffOfB.api(`/items/${item}/versions`, 'POST')
  const collection = await jsonOf<{ id: number }>(
    staffOfB.api('/collections', 'POST', { name: { ja: `${SECRET} set` } }),
  )
  await staffOfB.api(`/items/${item}/collections`, 'PUT', { collections: [collection.id] })
  const begun = await staffOfB.api(`/items/${item}/uploads`, 'POST', undefined, {
    'tus-resumable': '1.0.0',
    'upload-length': '10',
    'upload-metadata': 'filename Zi50eHQ=',
  })
  upload = begun.headers.get('location')?.split('/').at(-1) as string
  await staffOfB.api('/harvests/theirs', 'PUT', harvestState(`${SECRET} broke`), { 'if-none-match': '*' })
  const logo = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="2" height="1"><title>${SECRET} </title></svg>`,
  )
  await setLogo(kura.tenant(b), logo)
  logoOfB = logoAddress((await kura.tenant(b).settings()).logo as Logo)
  await patchSettings(`${SECRET} about`)
  await kura.settle()
})
afterAll(() => kura.close())

const patchSettings = (about: string) =>
  kura.request(b, '/api/v1/settings', {
    method: 'PATCH',
    headers: { authorization: `Bearer ${tokenOfB}`, 'if-match': '*', 'content-type': 'application/merge-patch+json' },
    body: JSON.stringify({ about: { ja: about } }),
  })

const harvestState = (lastError: string) => ({
  baseUrl: 'https://old.example/oai',
  metadataPrefix: 'jpcoar',
  counts: { imported: 0, updated: 0, unchanged: 0, withdrawn: 0, rejected: 0 },
  lastError,
})

const LOGO = 'GET /:logo{logo\\.[0-9a-f]{16}\\.(?:png|jpg|webp|svg)}'

interface Asked {
  path: string
  method?: string
  type?: string
  headers?: Record<string, string>
  body?: string
  /** If-Match of an unsafe request. */
  match?: string
}
/** A request for each route that the application has, aimed at what B has. */
const requests: Record<string, (item: number) => Asked> = {
  'GET /': () => ({ path: `/` }),
  'GET /search': () => ({ path: `/search?q=${SECRET}` }),
  'GET /people': () => ({ path: `/people?prefix=${SECRET}` }),
  'GET /subjects': () => ({ path: `/subjects?prefix=${SECRET}` }),
  'GET /api/v1/search': () => ({ path: `/api/v1/search?q=${SECRET}` }),
  'GET /assets/:name{[a-z0-9-]+\\.[0-9a-f]+\\.css}': () => ({ path: '/assets/theme-aa0000.0000.css' }),
  'GET /assets/:script{[a-z]+\\.[0-9A-Z]+\\.js}': () => ({ path: '/assets/item.0.js' }),
  'GET /assets/:library{pdfjs-[0-9.]+}/:file{[\\w/.-]+}': () => ({ path: '/assets/pdfjs-0/legacy/build/pdf.min.mjs' }),
  'GET /items/:number{[1-9][0-9]{0,8}}/preview/:name{[^]+}': (n) => ({ path: `/items/${n}/preview/f.txt` }),
  'GET /items/:number{[1-9][0-9]{0,8}}': (n) => ({ path: `/items/${n}` }),
  'GET /items/:number{[1-9][0-9]{0,8}}/versions/:version{[1-9][0-9]{0,8}}': (n) => ({ path: `/items/${n}/versions/1` }),
  'GET /items/:number{[1-9][0-9]{0,8}}/metadata/:format': (n) => ({ path: `/items/${n}/metadata/schema-org` }),
  'GET /items/:number{[1-9][0-9]{0,8}}/versions/:version{[1-9][0-9]{0,8}}/metadata/:format': (n) => ({
    path: `/items/${n}/versions/1/metadata/datacite`,
  }),
  'GET /items/:number{[1-9][0-9]{0,8}}/files/:name{[^]+}': (n) => ({ path: `/items/${n}/files/f.txt` }),
  'GET /records/:number{[0-9]{1,9}}': (n) => ({ path: `/records/${n}` }),
  'GET /items/:number{[1-9][0-9]{0,8}}/linkset': (n) => ({ path: `/items/${n}/linkset` }),
  'GET /items/:number{[1-9][0-9]{0,8}}/linkset.json': (n) => ({ path: `/items/${n}/linkset.json` }),
  'GET /items/:number{[1-9][0-9]{0,8}}/versions/:version{[1-9][0-9]{0,8}}/linkset': (n) => ({
    path: `/items/${n}/versions/1/linkset`,
  }),
  'GET /items/:number{[1-9][0-9]{0,8}}/versions/:version{[1-9][0-9]{0,8}}/linkset.json': (n) => ({
    path: `/items/${n}/versions/1/linkset.json`,
  }),
  'GET /sitemap.xml': () => ({ path: '/sitemap.xml' }),
  'GET /sitemap-pages.xml': () => ({ path: '/sitemap-pages.xml' }),
  'GET /:sitemap{sitemap-collections-[0-9]{1,6}\\.xml}': () => ({ path: '/sitemap-collections-0.xml' }),
  'GET /:sitemap{sitemap-items-[0-9]{1,6}\\.xml}': () => ({ path: '/sitemap-items-0.xml' }),
  'GET /robots.txt': () => ({ path: '/robots.txt' }),
  'GET /feed.atom': () => ({ path: `/feed.atom?q=${SECRET}` }),
  'GET /feed.rss': () => ({ path: '/feed.rss' }),
  'GET /collections/:collection{[1-9][0-9]{0,8}}/feed.atom': () => ({ path: '/collections/1/feed.atom' }),
  'GET /collections/:collection{[1-9][0-9]{0,8}}/feed.rss': () => ({ path: '/collections/1/feed.rss' }),
  'GET /opensearch.xml': () => ({ path: '/opensearch.xml' }),
  'GET /search/suggest': () => ({ path: `/search/suggest?q=${SECRET}` }),
  'GET /.well-known/api-catalog': () => ({ path: '/.well-known/api-catalog' }),
  'GET /.well-known/security.txt': () => ({ path: '/.well-known/security.txt' }),
  'GET /.well-known/*': () => ({ path: '/.well-known/acme-challenge/x' }),
  'GET /api/v1/items/:number': (n) => ({ path: `/api/v1/items/${n}` }),
  'PATCH /api/v1/items/:number': (n) => ({
    path: `/api/v1/items/${n}`,
    method: 'PATCH',
    type: 'application/json',
    body: '{"publicationDate":"2050-01-01"}',
  }),
  'GET /api/v1/items': () => ({ path: '/api/v1/items' }),
  'POST /api/v1/items': () => ({
    path: '/api/v1/items',
    method: 'POST',
    type: 'application/json',
    body: JSON.stringify({ record: minimal('Made') }),
  }),
  'PUT /api/v1/items/:number': (n) => ({
    path: `/api/v1/items/${n}`,
    method: 'PUT',
    type: 'application/json',
    body: JSON.stringify({ record: minimal('Overwritten') }),
  }),
  'GET /api/v1/items/:number{[1-9][0-9]{0,8}}/files': (n) => ({ path: `/api/v1/items/${n}/files` }),
  'GET /api/v1/items/:number{[1-9][0-9]{0,8}}/files/:name{[^]+}': (n) => ({ path: `/api/v1/items/${n}/files/f.txt` }),
  'PUT /api/v1/items/:number{[1-9][0-9]{0,8}}/files/:name{[^]+}': (n) => ({
    path: `/api/v1/items/${n}/files/f.txt`,
    method: 'PUT',
    body: 'overwritten',
  }),
  'DELETE /api/v1/items/:number{[1-9][0-9]{0,8}}/files/:name{[^]+}': (n) => ({
    path: `/api/v1/items/${n}/files/f.txt`,
    method: 'DELETE',
  }),
  'OPTIONS /api/v1/items/:number{[1-9][0-9]{0,8}}/uploads': (n) => ({
    path: `/api/v1/items/${n}/uploads`,
    method: 'OPTIONS',
  }),
  'POST /api/v1/items/:number{[1-9][0-9]{0,8}}/uploads': (n) => ({
    path: `/api/v1/items/${n}/uploads`,
    method: 'POST',
    headers: { 'upload-length': '1', 'upload-metadata': 'filename Zi50eHQ=' },
  }),
  'GET /api/v1/items/:number{[1-9][0-9]{0,8}}/uploads/:id': (n) => ({ path: `/api/v1/items/${n}/uploads/${upload}` }),
  'PATCH /api/v1/items/:number{[1-9][0-9]{0,8}}/uploads/:id': (n) => ({
    path: `/api/v1/items/${n}/uploads/${upload}`,
    method: 'PATCH',
    type: 'application/offset+octet-stream',
    headers: { 'upload-offset': '0' },
    body: 'x',
  }),
  'DELETE /api/v1/items/:number{[1-9][0-9]{0,8}}/uploads/:id': (n) => ({
    path: `/api/v1/items/${n}/uploads/${upload}`,
    method: 'DELETE',
  }),
  'GET /api/v1/search/export': () => ({ path: `/api/v1/search/export?format=ndjson&q=${SECRET}` }),
  'DELETE /api/v1/items/:number': (n) => ({ path: `/api/v1/items/${n}`, method: 'DELETE' }),
  'POST /api/v1/items/:number/versions': (n) => ({ path: `/api/v1/items/${n}/versions`, method: 'POST' }),
  'POST /api/v1/items/:number/releases': (n) => ({
    path: `/api/v1/items/${n}/releases`,
    method: 'POST',
    type: 'application/json',
    body: '{"name":"f.txt"}',
  }),
  'POST /api/v1/items/:number/withdrawal': (n) => ({
    path: `/api/v1/items/${n}/withdrawal`,
    method: 'POST',
    type: 'application/json',
    body: '{"reason":"x"}',
  }),
  'DELETE /api/v1/items/:number/withdrawal': (n) => ({ path: `/api/v1/items/${n}/withdrawal`, method: 'DELETE' }),
  'GET /api/v1/quality': () => ({ path: '/api/v1/quality' }),
  'GET /api/v1/items/:number/collections': (n) => ({ path: `/api/v1/items/${n}/collections` }),
  'PUT /api/v1/items/:number/collections': (n) => ({
    path: `/api/v1/items/${n}/collections`,
    method: 'PUT',
    type: 'application/json',
    body: '{"collections":[]}',
  }),
  'GET /api/v1/collections': () => ({ path: '/api/v1/collections' }),
  'POST /api/v1/collections': () => ({
    path: '/api/v1/collections',
    method: 'POST',
    type: 'application/json',
    body: '{"name":{"ja":"x"},"parent":1}',
  }),
  'PATCH /api/v1/collections/:collection': () => ({
    path: '/api/v1/collections/1',
    method: 'PATCH',
    type: 'application/json',
    body: '{"name":{"ja":"x"}}',
  }),
  'GET /api/v1/collections/:collection': () => ({ path: '/api/v1/collections/1' }),
  'GET /api/v1/collections/:collection/items': () => ({ path: '/api/v1/collections/1/items' }),
  'DELETE /api/v1/collections/:collection': () => ({
    path: '/api/v1/collections/1?items=leave',
    method: 'DELETE',
  }),
  'GET /collections': () => ({ path: '/collections' }),
  'GET /collections/:collection{[1-9][0-9]{0,8}}': () => ({ path: '/collections/1' }),
  'GET /api/v1/harvests': () => ({ path: '/api/v1/harvests' }),
  'GET /api/v1/harvests/:harvest': () => ({ path: '/api/v1/harvests/theirs' }),
  'PUT /api/v1/harvests/:harvest': () => ({
    path: '/api/v1/harvests/theirs',
    method: 'PUT',
    type: 'application/json',
    body: JSON.stringify(harvestState('overwritten')),
  }),
  'DELETE /api/v1/harvests/:harvest': () => ({ path: '/api/v1/harvests/theirs', method: 'DELETE' }),
  'GET /api': () => ({ path: '/api' }),
  'GET /api/:part{[a-z]+}': () => ({ path: '/api/items' }),
  'GET /api/v1': () => ({ path: '/api/v1' }),
  'GET /api/v1/openapi.json': () => ({ path: '/api/v1/openapi.json' }),
  'GET /api/v1/export': () => ({ path: '/api/v1/export' }),
  'GET /api/v1/settings': () => ({ path: '/api/v1/settings' }),
  'PUT /api/v1/settings': () => ({
    path: '/api/v1/settings',
    method: 'PUT',
    type: 'application/json',
    body: JSON.stringify({ name: { ja: 'x' }, languages: ['ja'], colour: '#000000', contact: 'x@aye.example' }),
    match: '*',
  }),
  'PATCH /api/v1/settings': () => ({
    path: '/api/v1/settings',
    method: 'PATCH',
    type: 'application/merge-patch+json',
    body: '{"welcome":{"ja":"x"}}',
    match: '*',
  }),
  'PUT /api/v1/settings/logo': () => ({
    path: '/api/v1/settings/logo',
    method: 'PUT',
    type: 'image/svg+xml',
    body: '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
  }),
  'DELETE /api/v1/settings/logo': () => ({ path: '/api/v1/settings/logo', method: 'DELETE' }),
  [LOGO]: () => ({ path: logoOfB }),
  'GET /favicon.svg': () => ({ path: '/favicon.svg' }),
  'GET /favicon.ico': () => ({ path: '/favicon.ico' }),
  'GET /about': () => ({ path: '/about' }),
  'GET /policies': () => ({ path: '/policies' }),
  'GET /accessibility': () => ({ path: '/accessibility' }),
  'GET /oai': () => ({ path: '/oai?verb=ListRecords&metadataPrefix=jpcoar' }),
  'POST /oai': () => ({
    path: '/oai',
    method: 'POST',
    type: 'application/x-www-form-urlencoded',
    body: 'verb=ListSets',
  }),
  'POST /api/v1/imports': () => ({
    path: '/api/v1/imports',
    method: 'POST',
    type: 'application/x-ndjson',
    body: JSON.stringify({ source: 'x.xml', record: minimal('Overwritten') }),
  }),
  'GET /api/v1/imports/template.csv': () => ({ path: '/api/v1/imports/template.csv' }),
}

const send = (to: string, route: string, number: number, headers: Record<string, string> = {}) => {
  const make = requests[route]
  if (!make) throw new Error(`no request for ${route}`)
  const { path, method = 'GET', type, headers: own, body, match = '"1"' } = make(number)
  return kura.request(to, path, {
    method,
    headers: {
      'tus-resumable': '1.0.0',
      ...own,
      ...headers,
      ...(method !== 'GET' && { 'if-match': match }),
      ...(type && { 'content-type': type }),
    },
    ...(body !== undefined && { body }),
  })
}

/** Everything that a database holds, as one text. */
async function contents(id: string): Promise<string> {
  const { db } = kura.tenant(id)
  const tables = [
    'item',
    'revision',
    'version',
    'file',
    'publication',
    'collection',
    'heading',
    'item_collection',
    'harvest',
    'token',
    'settings',
    'former_address',
    'import_call',
    'import_outcome',
    'upload',
  ]
  const rows = await Promise.all(
    tables.map((table) => sql`select * from ${sql.table(table)} as t order by t::text`.execute(db)),
  )
  return JSON.stringify(rows.map((result) => result.rows))
}

it('has a request for every route, so that a new one cannot be forgotten', () => {
  const routes = inspectRoutes(kura.app)
    .filter(({ isMiddleware }) => !isMiddleware)
    .map(({ method, path }) => `${method} ${path}`)
  expect(routes.sort()).toEqual(Object.keys(requests).sort())
})

/** Style sheets and scripts are everybody's, and are sent also where nothing else is. */
const isAsset = (route: string) => route.startsWith('GET /assets/')

it('asks for what is really there', async () => {
  for (const path of ['', '/versions/1', '/files/f.txt', '/preview/f.txt']) {
    const response = await kura.request(b, `/items/${item}${path}`)
    expect(response.status, path).toBe(200)
    expect(await response.text(), path).toContain(SECRET)
  }
})

it('knows another institution’s OAI identifiers and sets as little as any that nobody has', async () => {
  const identifier = `oai:${b}.example:${String(item).padStart(8, '0')}`
  for (const [query, theirs, mine] of [
    [`verb=GetRecord&identifier=${identifier}`, SECRET, 'idDoesNotExist'],
    ['verb=ListRecords&set=1', SECRET, 'noSetHierarchy'],
  ] as const) {
    const ask = async (id: string) => await (await kura.request(id, `/oai?${query}&metadataPrefix=jpcoar`)).text()
    expect(await ask(b), query).toContain(theirs)
    expect(await ask(a), query).toContain(mine)
  }
})

it('leads from an address that an item had before at its own institution alone', async () => {
  const line = { source: 'moved', formerAddresses: ['/old/1'], record: minimal(`${SECRET} moved`) }
  await depositor(kura, b, tokenOfB).lines(line)
  expect((await kura.request(b, '/old/1')).status).toBe(301)
  const mine = await kura.request(a, '/old/1', { headers: { authorization: `Bearer ${tokenOfA}` } })
  expect(mine.status).toBe(404)
  expect((await mine.text()) + JSON.stringify([...mine.headers])).not.toContain(b)
  // Each may give the same address to an item of its own.
  const [outcome] = await depositor(kura, a, tokenOfA).lines({ ...line, record: minimal('Mine') })
  expect(outcome?.status).toBe('imported')
})

it('knows a key of another institution’s depositor as little as any that nobody has used', async () => {
  const send = (id: string, token: string, title: string) =>
    kura.request(id, '/api/v1/imports', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson', 'idempotency-key': '"k"' },
      body: JSON.stringify({ source: 'keyed', record: minimal(title) }),
    })
  await (await send(b, tokenOfB, `${SECRET} keyed`)).text()
  const answer = await send(a, tokenOfA, 'Another')
  expect(answer.status).toBe(200)
  expect(await answer.text()).not.toContain(b)
})

describe.each(Object.keys(requests))('%s', (route) => {
  it('shows, changes and confirms nothing of another institution', async () => {
    const before = await contents(b)
    const mine = await send(a, route, item, { authorization: `Bearer ${tokenOfA}`, cookie: 'lang=en' })
    const missing = await send(a, route, 77_777, { authorization: `Bearer ${tokenOfA}`, cookie: 'lang=en' })
    // What is another's answers as what is nobody's.
    expect(mine.status).toBe(missing.status)
    const text = (await mine.text()) + JSON.stringify([...mine.headers])
    expect(text).not.toContain(`${SECRET} `)
    expect(text).not.toContain(b)
    expect(await contents(b)).toBe(before)
  })

  it('does not take another institution’s token', async () => {
    const before = [await contents(a), await contents(b)]
    const response = await send(a, route, item, { authorization: `Bearer ${tokenOfB}` })
    if (isAsset(route)) expect([200, 404]).toContain(response.status)
    else expect(response.status).toBe(401)
    expect(await response.text()).not.toContain(b)
    expect([await contents(a), await contents(b)]).toEqual(before)
  })

  it('follows the Host alone, whatever other headers say', async () => {
    const forwarded = {
      'x-forwarded-host': `${b}.example`,
      forwarded: `host=${b}.example`,
      origin: `https://${b}.example`,
    }
    const text = await (await send(a, route, item, forwarded)).text()
    expect(text).not.toContain(`${SECRET} `)
    expect(text).not.toContain(b)
  })

  it('answers an unknown host with a bare 404', async () => {
    for (const host of [
      'nobody.example',
      'localhost',
      '127.0.0.1',
      '',
      `${a}.example.evil.example`,
      `x.${a}.example`,
    ]) {
      const response = await send(a, route, item, { host, authorization: `Bearer ${tokenOfA}` })
      expect(response.status, host).toBe(404)
      expect(await response.text(), host).toBe('There is no repository at this address.\n')
    }
  })

  it('changes nothing of an institution that is read-only, and shows nothing of one that is closed', async () => {
    const [, , readonly, closed] = kura.ids as [string, string, string, string]
    const tokens = await Promise.all(
      [readonly, closed].map((id) => kura.token(id, 'import', 'items:write', 'settings:write', 'transfer')),
    )
    if (isAsset(route)) return
    // Harvesters ask by POST too.
    const unsafe = !/^(GET|OPTIONS) /.test(route) && route !== 'POST /oai'
    const response = await send(readonly, route, 1, { authorization: `Bearer ${tokens[0]}` })
    if (unsafe) expect(response.status).toBe(403)
    else expect([200, 204, 301, 404]).toContain(response.status)
    expect((await send(closed, route, 1, { authorization: `Bearer ${tokens[1]}` })).status).toBe(410)
  })
})

describe('an institution whose database', () => {
  it('is missing answers 503 with Retry-After, for itself alone', async () => {
    const broken = await openInstitutions(['lost', 'well'])
    const [lost, well] = broken.ids as [string, string]
    try {
      await broken.tenant(lost).db.destroy()
      await sql`select 1`.execute(broken.tenant(well).db)
      await broken.dropDatabase(lost)
      for (const path of ['/', '/items/1', '/api/v1/items/1']) {
        const response = await broken.request(lost, path)
        expect([response.status, response.headers.get('retry-after')], path).toEqual([503, '30'])
        expect((await broken.request(well, path)).status, path).not.toBe(503)
      }
    } finally {
      await broken.close()
    }
  })

  it('lacks a migration answers 503 until it has been provisioned', async () => {
    const behind = await openInstitutions(['behind'])
    const [id] = behind.ids as [string]
    try {
      await behind.forgetMigrations(id)
      expect((await behind.request(id, '/')).status).toBe(503)
    } finally {
      await behind.close()
    }
  })
})

it('keeps one institution’s role out of another’s database', async () => {
  await expect(kura.connectAs(a, b)).rejects.toThrow(/permission denied for database/)
})
