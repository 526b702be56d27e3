import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Institutions, openInstitutions, openReplica, type Services } from '../../../test/support/institutions.ts'
import { type Librarian, librarian } from '../../../test/support/librarian.ts'
import { fc, timeout, tried } from '../../../test/support/property.ts'
import { reindex } from '../../search/index.ts'
import { changeSettings } from '../../settings/store.ts'

const SECONDS = 30
const PAGES = ['/search', '/search?q=alpha', '/search?q=beta&lang=en', '/search?q=nothing+alpha']

const HEADERS = ['content-language', 'vary', 'set-cookie', 'etag', 'cache-control', 'content-type']

type Replica = Awaited<ReturnType<typeof openReplica>>

/** What pages that are kept must be, wherever they are kept. */
export function keptPageSuite(services: () => Services | undefined) {
  let kura: Institutions
  let id: string
  let staff: Librarian
  /** Two that keep pages, and one that makes each anew. */
  let replicas: [Replica, Replica]
  let fresh: Replica
  beforeAll(async () => {
    kura = await openInstitutions(['kept'], undefined, undefined, services())
    id = kura.ids[0] as string
    staff = await librarian(kura, id)
    replicas = [await openReplica(kura), await openReplica(kura)]
    fresh = await openReplica(kura)
    vi.spyOn(fresh.tenant(id).cache, 'get').mockResolvedValue(undefined)
    vi.spyOn(fresh.tenant(id).cache, 'put').mockResolvedValue()
    // The index follows when the test says so.
    vi.spyOn(kura.tenant(id), 'handOn').mockReturnValue()
    items.push(await staff.item('alpha'))
    collections.push(await staff.make('alpha'))
    await staff.put(items[0] as number, collections[0])
    await kura.round(id)
  })
  afterAll(async () => {
    vi.restoreAllMocks()
    for (const replica of [...replicas, fresh]) await replica.close()
    await kura.close()
  })

  const read = async (replica: Replica, path: string, headers?: Record<string, string>) => {
    const answer = await replica.request(id, path, headers ? { headers } : {})
    const { status } = answer
    const sent = Object.fromEntries(HEADERS.map((name) => [name, answer.headers.get(name)]))
    return { status, sent, html: await answer.text() }
  }
  const mustBeAsFresh = async () => {
    for (const path of PAGES)
      for (const replica of replicas) expect(await read(replica, path)).toEqual(await read(fresh, path))
  }
  /** How many pages a replica did not make itself while something was done. */
  const found = async (replica: Replica, work: () => Promise<unknown>) => {
    const { hit } = replica.caches.uses
    await work()
    return replica.caches.uses.hit - hit
  }

  describe('a page that is kept', () => {
    it('is given with the headers of each request, and is not a page of another language, address or query', async () => {
      const [replica] = replicas
      await expect.poll(() => found(replica, () => read(replica, '/search?q=alpha'))).toBe(1)
      const [ja, en] = [await read(replica, '/search?q=alpha'), await read(replica, '/search?q=alpha&lang=en')]
      const chosen = { 'content-language': 'en', 'set-cookie': expect.stringContaining('lang=en') }
      expect([en.status, en.sent]).toMatchObject([200, chosen])
      expect([ja.status, ja.sent]).toMatchObject([200, { 'content-language': 'ja', 'set-cookie': null }])
      const again = await read(replica, '/search?q=alpha', { 'accept-language': 'en' })
      expect(again).toMatchObject({ html: en.html, sent: { etag: en.sent.etag, 'set-cookie': null } })
      expect((await read(replica, '/search?q=alpha', { 'if-none-match': String(ja.sent.etag) })).status).toBe(304)
      await mustBeAsFresh()
    })

    it('is given to nobody who is known', async () => {
      const [replica] = replicas
      const authorization = `Bearer ${await kura.token(id, 'items:write')}`
      expect(await found(replica, () => read(replica, '/search?q=alpha', { authorization }))).toBe(0)
    })

    it('is as one that is made now, whatever has changed, and whoever asked meanwhile', {
      timeout: timeout(SECONDS),
    }, async () => {
      const step = fc.record({
        change: fc.constantFrom(
          'import',
          'edit',
          'withdraw',
          'restore',
          'collection',
          'hide',
          'rename',
          'name',
          'index',
          'reindex',
        ),
        at: fc.nat(1_000),
        // Readers who ask while the change is under way.
        crowd: fc.boolean(),
        indexed: fc.boolean(),
      })
      let hits = 0
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
          for (const { change, at, crowd, indexed } of steps) {
            const readers = crowd
              ? replicas.map((replica) => Promise.all(PAGES.map((path) => read(replica, path))))
              : []
            await Promise.all([carryOut(change, at), ...readers])
            if (indexed) await kura.round(id)
            hits += await found(replicas[0], mustBeAsFresh)
          }
          await kura.round(id)
          await mustBeAsFresh()
          hits += await found(replicas[0], mustBeAsFresh)
        }),
        tried('kept pages', 15, SECONDS),
      )
      // A cache in which nothing is ever found is right as well.
      expect(hits).toBeGreaterThan(10)
    })
  })

  let names = 0
  const items: number[] = []
  const collections: number[] = []
  async function carryOut(change: string, at: number): Promise<void> {
    const item = items[at % Math.max(1, items.length)]
    const collection = collections[at % Math.max(1, collections.length)]
    const name = `${['alpha', 'beta'][at % 2]} ${++names}`
    if (change === 'import' || item === undefined) {
      const made = await staff.item(name)
      items.push(made)
      if (collection !== undefined) await staff.put(made, collection)
    } else if (change === 'edit')
      await staff.api(`/items/${item}`, 'PATCH', { publicationDate: `2020-01-${(at % 28) + 1}` })
    else if (change === 'withdraw') await staff.api(`/items/${item}/withdrawal`, 'POST', { reason: 'x' })
    else if (change === 'restore') await staff.api(`/items/${item}/withdrawal`, 'DELETE')
    else if (change === 'collection' || collection === undefined) collections.push(await staff.make(name))
    else if (change === 'hide') await staff.change(collection, { public: at % 3 > 0 })
    else if (change === 'rename') await staff.change(collection, { name: { ja: name } })
    else if (change === 'index') await kura.round(id)
    else if (change === 'reindex') for await (const _ of reindex(kura.tenant(id)));
    else await rename(name)
  }
  async function rename(name: string) {
    await changeSettings(kura.tenant(id), 'any', (present) => ({ ...present, name: { ja: name, en: name } }))
    // Each process keeps settings for some seconds, and makes its pages with those.
    for (const replica of [...replicas, fresh]) replica.tenant(id).forgetSettings()
  }
}
