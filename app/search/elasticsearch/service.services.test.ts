import { readFileSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from '@elastic/elasticsearch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { certify } from '../../../test/services/certify.ts'
import { type Elasticsearch, runElasticsearch } from '../../../test/services/elasticsearch/index.ts'
import { depositor, minimal } from '../../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'
import { loadConfig } from '../../config.ts'
import type { ItemStatus } from '../../platform/database/index.ts'
import { createLog } from '../../platform/logs.ts'
import { Unavailable } from '../../platform/unavailable.ts'
import { reindex } from '../reindex.ts'
import { createRenewals } from '../renewals.ts'
import { searchService } from '../service.ts'
import { document, noText } from '../suite/desk.ts'

const PASSWORD = '0123456789abcdef'

let server: Elasticsearch
let kura: Institutions
let aozora = ''
let hoshi = ''
beforeAll(async () => {
  server = await runElasticsearch({ encrypted: true })
  const { url, user, passwordFile, ca } = server
  kura = await openInstitutions(['aozora', 'hoshi'], undefined, undefined, {
    config: { search: { kind: 'elasticsearch', url, user, ca } },
    secrets: { search: await readFile(passwordFile, 'utf8') },
  })
  ;[aozora = '', hoshi = ''] = kura.ids
})
afterAll(async () => {
  await kura?.close()
  await server?.close()
})

/** Makes an item through the API. */
async function deposit(id: string, title: string): Promise<void> {
  const staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
  await staff.lines({ source: title, record: minimal(title) })
}

/** How many items the API finds; the status if it cannot say. */
async function found(id: string, words: string): Promise<number | { status: number; after: string | null }> {
  const response = await kura.request(id, `/api/v1/search?q=${encodeURIComponent(words)}`)
  if (response.status !== 200) return { status: response.status, after: response.headers.get('retry-after') }
  return ((await response.json()) as { total: { value: number } }).total.value
}

/** What is done where an index is new. */
const noWork = async () => {}

const enter = (username: string, password: string) =>
  new Client({ node: server.url, auth: { username, password }, tls: { ca: readFileSync(server.ca as string) } })
const as = (id: string) => enter(`kura-${id}.a`, `password-of-${id}`)
const maker = async () => enter(server.user, await readFile(server.passwordFile, 'utf8'))

it('is believed only by a certificate of the authority that is configured', async () => {
  const config = loadConfig(kura.folder)
  const another = join(kura.folder, 'another')
  await mkdir(another)
  await certify(another)
  for (const ca of [join(another, 'ca.crt'), undefined]) {
    const search = searchService({ ...config, search: { ...config.search, ca } as typeof config.search })
    const passwordFile = join(kura.folder, 'secrets/tenants', aozora)
    await expect(search.provision({ id: aozora, passwordFile }, noWork), ca).rejects.toThrow(Unavailable)
  }
})

describe('an institution on the server', () => {
  it('reaches its own index and nobody else’s, and may make or remove none', async () => {
    const client = as(aozora)
    const refused = (work: Promise<unknown>) => expect(work).rejects.toMatchObject({ statusCode: 403 })
    expect((await client.count({ index: `kura-${aozora}` })).count).toBe(0)
    await refused(client.count({ index: `kura-${hoshi}` }))
    await refused(client.count({ index: `kura-${hoshi}.1` }))
    await refused(client.index({ index: `kura-${hoshi}.1`, document: {} }))
    await refused(client.indices.create({ index: `kura-${aozora}.9` }))
    await refused(client.index({ index: `kura-${aozora}.9`, document: {} }))
    await refused(client.indices.delete({ index: `kura-${aozora}.1` }))
    await refused(client.security.getUser())
  })

  it('is made again without harm, and follows a new password without a restart', async () => {
    const { search } = kura.tenant(aozora)
    await search.put([document(1_000, 'kept')], noText)
    const file = join(kura.folder, 'secrets/tenants', aozora)
    await search.initials({ facet: 'creator', statuses: ['public'] })
    await writeFile(file, PASSWORD)
    await searchService(loadConfig(kura.folder)).provision({ id: aozora, passwordFile: file }, noWork)
    const page = await search.search({ words: 'kept', statuses: ['public'], size: 10 })
    expect(page.results).toHaveLength(1)
    await writeFile(file, `password-of-${aozora}`)
    await searchService(loadConfig(kura.folder)).provision({ id: aozora, passwordFile: file }, noWork)
  })

  it('lets the former user in for a day after a rotation, and then no more', async () => {
    const config = loadConfig(kura.folder)
    const passwordFile = join(kura.folder, 'secrets/tenants', aozora)
    const { db } = kura.tenant(aozora)
    const rotated = searchService({ ...config, database: { ...config.database, login: 'b' } })
    await rotated.provision({ id: aozora, passwordFile }, noWork)
    // Another process of the new configuration changes nothing.
    await rotated.provision({ id: aozora, passwordFile }, noWork)
    const search = rotated.open({ id: aozora, db, passwordFile })
    const count = () => as(aozora).count({ index: `kura-${aozora}` })
    const hours = (n: number) => new Date(Date.now() + n * 3_600_000)
    await search.lookAfter(hours(23))
    await count()
    await search.lookAfter(hours(25))
    await expect(count()).rejects.toMatchObject({ statusCode: 401 })
    expect((await search.search({ words: '', statuses: ['public'], size: 1 })).total.value).toBe(1)
    // Its turn comes again.
    await searchService(config).provision({ id: aozora, passwordFile }, noWork)
    await kura.tenant(aozora).search.lookAfter(hours(23))
    await count()
  })

  it('leaves nothing behind when it is removed', async () => {
    const service = searchService(loadConfig(kura.folder))
    const passwordFile = join(kura.folder, 'secrets/tenants', hoshi)
    await service.provision({ id: 'leaving', passwordFile }, noWork)
    await service.remove('leaving')
    await service.remove('leaving')
    const client = await maker()
    expect(await client.indices.exists({ index: 'kura-leaving.*', allow_no_indices: false })).toBe(false)
    await expect(client.security.getUser({ username: 'kura-leaving.a' })).rejects.toMatchObject({ statusCode: 404 })
  })
})

describe('an index that is made again', () => {
  const indexes = async (id: string) => Object.keys(await (await maker()).indices.get({ index: `kura-${id}.*` }))

  it('takes the other’s place when it is full, and holds what changed meanwhile', async () => {
    for (let i = 0; i < 3; i++) await deposit(hoshi, `before ${i}`)
    await kura.settle()
    expect(await found(hoshi, 'before')).toBe(3)
    const tenant = kura.tenant(hoshi)
    const [first] = await indexes(hoshi)
    const walk = reindex(tenant)
    expect((await walk.next()).value).toMatchObject({ items: 3 })
    await deposit(hoshi, 'meanwhile')
    await kura.settle()
    // Both are written; the old one is read.
    expect(await found(hoshi, 'meanwhile')).toBe(1)
    expect(await indexes(hoshi)).toHaveLength(2)
    for await (const _ of walk);
    expect(await found(hoshi, 'before OR meanwhile')).toBe(4)
    const left = await indexes(hoshi)
    expect(left).toHaveLength(1)
    expect(left).not.toEqual([first])
  })

  it('stays apart when it was broken off, and is begun anew or gone on with', async () => {
    const tenant = kura.tenant(hoshi)
    const [first] = await indexes(hoshi)
    await reindex(tenant).next()
    expect(await indexes(hoshi)).toHaveLength(2)
    expect(await found(hoshi, 'before')).toBe(3)
    // What a run would have written is missing: the other stays.
    const anew = await tenant.search.rebuild(false)
    await expect(anew.takePlace(4)).rejects.toThrow('holds 0 of 4 items')
    expect(await indexes(hoshi)).toContain(first)
    const goneOn = await tenant.search.rebuild(true)
    await goneOn.put([document(1, 'x')], noText)
    await expect(goneOn.takePlace(4)).rejects.toThrow('holds 1 of 4 items')
    for await (const _ of reindex(tenant));
    expect(await indexes(hoshi)).toHaveLength(1)
    expect(await found(hoshi, 'before OR meanwhile')).toBe(4)
  })
})

it('an index of another release is made again behind its readers', async () => {
  const client = await maker()
  const tenant = kura.tenant(hoshi)
  const current = async () => Object.keys(await client.indices.getAlias({ name: `kura-${hoshi}` }))
  const log = createLog('test', 'silent')
  const renewals = createRenewals(log, 0)
  const [first = ''] = await current()
  await renewals.lookAfter(tenant)
  await renewals.end()
  expect(await current()).toEqual([first])

  await client.indices.putMapping({ index: first, _meta: { version: 1 } })
  // What another release began counts for nothing.
  await client.indices.create({ index: `kura-${hoshi}.90`, mappings: { _meta: { version: 1 } } })
  await client.indices.updateAliases({
    actions: [{ add: { index: `kura-${hoshi}.90`, alias: `kura-${hoshi}.writes` } }],
  })
  // One that has just started waits, another that is told to end goes no further than a batch.
  await createRenewals(log).lookAfter(tenant)
  expect((await tenant.search.lookAfter(new Date())).outdated).toBe(true)
  const broken = createRenewals(log, 0)
  await broken.lookAfter(tenant)
  await broken.end()
  expect(await current()).toEqual([first])
  // Two at it do no harm.
  const both = [createRenewals(log, 0), createRenewals(log, 0)]
  await Promise.all(both.map((each) => each.lookAfter(tenant)))
  await expect.poll(current).not.toEqual([first])
  await Promise.all(both.map((each) => each.end()))
  expect(Object.keys(await client.indices.get({ index: `kura-${hoshi}.*` }))).toEqual(await current())
  expect((await tenant.search.lookAfter(new Date())).outdated).toBe(false)
  expect(await found(hoshi, 'before OR meanwhile')).toBe(4)
})

it('an index that is lost with its users is made again', async () => {
  const client = await maker()
  const tenant = kura.tenant(hoshi)
  await client.indices.delete({ index: Object.keys(await client.indices.get({ index: `kura-${hoshi}.*` })) })
  await client.security.deleteUser({ username: `kura-${hoshi}.a` })
  const renewals = createRenewals(createLog('test', 'silent'), 0)
  await renewals.lookAfter(tenant)
  await expect.poll(async () => (await tenant.search.lookAfter(new Date())).outdated).toBe(false)
  await renewals.end()
  expect(await found(hoshi, 'before OR meanwhile')).toBe(4)
})

describe('suggestions', () => {
  const suggested = async (id: string, typed: string, lang = 'en') => {
    const response = await kura.request(id, `/search/suggest?lang=${lang}&q=${encodeURIComponent(typed)}`)
    expect(response.headers.get('content-type')).toContain('application/x-suggestions+json')
    return (await response.json()) as [string, string[], string[], string[]]
  }

  it('are titles, people and subjects that begin as was typed, as they are written or read', async () => {
    const { search } = kura.tenant(aozora)
    const people = {
      creators: [{ value: '山田, 花子', reading: 'ヤマダ, ハナコ' }],
      facets: { creator: ['山田, 花子'] },
    }
    await search.put(
      [
        document(1_001, ['大学図書館の百年', 'ダイガクトショカンノヒャクネン'], people),
        document(1_002, ['図書館', 'Library studies'], { facets: { subject: ['図書館学'] } }),
      ],
      noText,
    )
    await kura.asSuperuser(
      aozora,
      `insert into item (number, status, record, model_version, access, publication_date, revision)
       select number, 'public', '{}', 1, 'open access', '2026-01-01', 1 from unnest(array[1001, 1002]) as number`,
    )
    const url = `https://${aozora}.example`
    expect(await suggested(aozora, 'やま')).toEqual([
      'やま',
      ['山田, 花子'],
      ['Creator'],
      [`${url}/search?creator=${encodeURIComponent('山田,')}+${encodeURIComponent('花子')}`],
    ])
    expect(await suggested(aozora, '図書', 'ja')).toEqual([
      '図書',
      ['図書館学', '図書館'],
      ['主題', '学術雑誌論文'],
      [expect.any(String), `${url}/items/1002`],
    ])
    expect((await suggested(aozora, 'library S'))[1]).toEqual(['図書館'])
    expect((await suggested(aozora, 'としょか'))[1]).toEqual(['図書館', '大学図書館の百年'])
    expect((await suggested(aozora, 'だいがくと'))[1]).toEqual(['大学図書館の百年'])
    for (const typed of ['', ' ', '*', '\u0000', 'x'.repeat(5_000)])
      expect((await suggested(aozora, typed))[1], typed).toEqual([])
    expect((await kura.request(aozora, '/search/suggest?q=%ED%A0%80')).status).toBe(200)
    const description = await (await kura.request(aozora, '/opensearch.xml?lang=ja')).text()
    expect(description).toContain(
      `<Url type="application/x-suggestions+json" rel="suggestions" template="${url}/search/suggest?q={searchTerms}&amp;lang=ja"/>`,
    )
  })

  it('are of public items of the institution alone, whatever the index says', async () => {
    const { search } = kura.tenant(aozora)
    const named = (item: number, status: ItemStatus) =>
      document(item, `Quiet ${status}`, { status, facets: { subject: [`Quiet about ${status}`] } })
    await search.put([named(1_003, 'scheduled'), named(1_004, 'withdrawn'), named(1_005, 'public')], noText)
    await kura.asSuperuser(
      aozora,
      `insert into item (number, status, record, model_version, access, publication_date, revision)
       values (1003, 'scheduled', '{}', 1, 'open access', '2026-01-01', 1),
              (1004, 'withdrawn', '{}', 1, 'open access', '2026-01-01', 1),
              (1005, 'public', '{}', 1, 'open access', '2026-01-01', 1)`,
    )
    expect((await suggested(aozora, 'quiet'))[1]).toEqual(['Quiet about public', 'Quiet public'])
    expect((await suggested(hoshi, 'quiet'))[1]).toEqual([])
    await kura.asSuperuser(aozora, `update item set status = 'withdrawn' where number = 1005`)
    expect((await suggested(aozora, 'quiet'))[1]).not.toContain('Quiet public')
  })
})

it('without its server answers 503 and loses nothing', async () => {
  await server.kill()
  expect(await found(aozora, 'after')).toEqual({ status: 503, after: '30' })
  await deposit(aozora, 'after the crash')
  await kura.settle()
  await expect(kura.tenant(aozora).search.put([document(1, 'x')], noText)).rejects.toThrow(Unavailable)
  await server.start()
  // What failed is due again after a while.
  await kura.asSuperuser(aozora, 'update outbox set due = now()')
  await kura.round(aozora)
  await kura.settle()
  expect(await found(aozora, 'after')).toBe(1)
  expect(await found(aozora, 'kept')).toBe(1)
})
