import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from '@elastic/elasticsearch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Elasticsearch, runElasticsearch } from '../../../test/services/elasticsearch/index.ts'
import { depositor, minimal } from '../../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../../test/support/institutions.ts'
import { loadConfig } from '../../config.ts'
import { Unavailable } from '../../platform/unavailable.ts'
import { reindex } from '../reindex.ts'
import { searchService } from '../service.ts'
import { document, noText } from '../suite/desk.ts'

const PASSWORD = '0123456789abcdef'

let server: Elasticsearch
let kura: Institutions
let aozora = ''
let hoshi = ''
beforeAll(async () => {
  server = await runElasticsearch()
  const { url, user, passwordFile } = server
  kura = await openInstitutions(['aozora', 'hoshi'], undefined, undefined, {
    config: { search: { kind: 'elasticsearch', url, user } },
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

const as = (id: string) =>
  new Client({ node: server.url, auth: { username: `kura-${id}.a`, password: `password-of-${id}` } })
const maker = async () =>
  new Client({
    node: server.url,
    auth: { username: server.user, password: await readFile(server.passwordFile, 'utf8') },
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
