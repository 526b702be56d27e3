import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Rabbitmq, startRabbitmq } from '../../test/services/rabbitmq.ts'
import { depositor, minimal } from '../../test/support/depositor.ts'
import { behind } from '../../test/support/index-state.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { composeParts } from '../compose.ts'
import { type Config, loadConfig } from '../config.ts'
import { type Handle, PACES } from '../ports/queue/port.ts'
import { listQueues, rabbitmqQueue } from '../ports/queue/rabbitmq/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import { lookAfter } from '../worker.ts'
import { createLog } from './logs.ts'
import { createOutbox } from './outbox.ts'

const log = createLog('test', 'silent')
let server: Rabbitmq
let kura: Institutions

beforeAll(async () => {
  server = await startRabbitmq()
  const names = ['told', 'moving', 'full', 'filling', 'small', 'large', 'larger', 'largest', 'vast']
  kura = await openInstitutions(names, () => ({}), {}, server.services)
})
afterAll(async () => {
  await kura.close()
  await server.close()
})

const idOf = (name: string) => kura.ids.find((id) => id.startsWith(`${name}-`)) as string
const staffOf = async (id: string) => depositor(kura, id, await kura.token(id, 'import'))
const records = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => ({ source: `${from + i}`, record: minimal(`Record ${from + i}`) }))

const opened: { end(): Promise<void> }[] = []
afterEach(async () => {
  for (const each of opened.splice(0)) await each.end()
})

/** Another process of the institutions' cell, or of one that is configured otherwise. */
function open(change: (config: Config) => Partial<Config> = () => ({})) {
  const config = loadConfig(kura.folder)
  const parts = composeParts({ ...config, ...change(config) }, log)
  opened.push({
    async end() {
      await parts.outbox.end()
      await Promise.all(parts.directory.tenants.map(({ db }) => db.destroy()))
    },
  })
  return parts
}

describe('the outbox, with RabbitMQ', () => {
  it('is worked off by the worker that the web process tells', async () => {
    const id = idOf('told')
    const staff = await staffOf(id)
    await staff.lines(...records(0, 5))
    await kura.settle()
    // Who only sends works nothing off.
    expect((await behind(kura.tenant(id))).items).toHaveLength(5)
    const worker = open()
    worker.outbox.receive()
    await expect.poll(() => behind(kura.tenant(id)), { timeout: 20_000 }).toEqual({ items: [], work: 0 })
    await staff.lines({ source: '3', record: minimal('Changed') })
    await expect.poll(() => behind(kura.tenant(id))).toEqual({ items: [], work: 0 })
  })

  it('is worked off where an institution has moved to, though the cell of before is told', async () => {
    const id = idOf('moving')
    const staff = await staffOf(id)
    await staff.lines(...records(0, 20))
    const moves = (config: Config) => config.tenants.filter((tenant) => tenant.id === id)
    const before = open((config) => ({ tenants: config.tenants.filter((tenant) => tenant.id !== id) }))
    const after = open((config) => ({
      cells: ['next'],
      tenants: moves(config).map((tenant) => ({ ...tenant, cell: 'next' })),
    }))
    before.outbox.receive()
    after.outbox.receive()
    // Web processes of the cell of before still end what they were at.
    await staff.lines(...records(20, 40))
    await kura.settle()
    await expect.poll(() => waiting(), { timeout: 20_000 }).toBe(0)
    expect((await behind(kura.tenant(id))).items).toHaveLength(40)

    await lookAfter(after.directory.byId(id) as Tenant, after.outbox, log)
    expect(await behind(kura.tenant(id))).toEqual({ items: [], work: 0 })
    await kura.tenant(id).db.insertInto('outbox').values({ work: 'index', item: 1, revision: 1 }).execute()
    after.directory.byId(id)?.handOn()
    await expect.poll(() => behind(kura.tenant(id))).toEqual({ items: [], work: 0 })
  })

  it('waits in PostgreSQL while there is no room in the queue', async () => {
    const [id, other] = [idOf('full'), idOf('filling')]
    await (await staffOf(id)).lines(...records(0, 1))
    await kura.round(id)
    await kura.settle()
    await forget()
    const web = open()
    await server.limit({ 'max-length': 1, overflow: 'reject-publish' })
    try {
      // The limit is a soft one: over it, nothing more is taken.
      while (web.outbox.counts.unsent === 0) {
        web.directory.byId(other)?.handOn()
        await sleep(60)
      }
      await kura.tenant(id).db.insertInto('outbox').values({ work: 'index', item: 1, revision: 1 }).execute()
      const { unsent } = web.outbox.counts
      web.directory.byId(id)?.handOn()
      await expect.poll(() => web.outbox.counts.unsent).toBeGreaterThanOrEqual(unsent + 2)
      expect((await behind(kura.tenant(id))).work).toBe(1)
      const worker = open()
      worker.outbox.receive()
      await expect.poll(() => behind(kura.tenant(id)), { timeout: 20_000 }).toEqual({ items: [], work: 0 })
    } finally {
      await server.restore()
    }
  })

  it('lets institutions with a thousand rows keep no other waiting that has one', async () => {
    const [small, ...large] = ['small', 'large', 'larger', 'largest', 'vast'].map(idOf) as [string, ...string[]]
    /** Whose turn began, one after the other. */
    const begun: string[] = []
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    const config = loadConfig(kura.folder)
    const { cells, tenants } = config
    const outbox = createOutbox({
      handlers: {
        index: async () => {},
        publish: () => released,
        extract: async () => {},
        scan: async () => {},
      },
      find: kura.tenant,
      openQueue: (handle) => {
        const noted: Handle = (nudge) => {
          if (nudge.pace === 'quick') begun.push(nudge.tenant)
          return handle(nudge)
        }
        return rabbitmqQueue({ server, cells, tenants }, noted, log)
      },
      log,
    })
    opened.push(outbox)
    for (const [id, count] of [[small, 1], ...large.map((id) => [id, 1_000] as const)] as const) {
      await (await staffOf(id)).lines(...records(0, 1))
      await kura.asSuperuser(id, 'delete from outbox')
      const values = Array.from({ length: count }, () => ({ work: 'publish' as const, item: 1, revision: 1 }))
      await kura.tenant(id).db.insertInto('outbox').values(values).execute()
    }
    await kura.settle()
    await forget()
    outbox.receive()
    for (const id of large) outbox.handOn(kura.tenant(id))
    await expect.poll(() => begun.toSorted(), { timeout: 20_000 }).toEqual(large.toSorted())
    outbox.handOn(kura.tenant(small))
    await expect.poll(() => outbox.counts.sent).toBe(PACES.length * 5)
    await expect.poll(() => waiting()).toBe(0)
    release()
    const left = async (id: string) => (await behind(kura.tenant(id))).work
    for (const id of [small, ...large]) await expect.poll(() => left(id), { timeout: 30_000 }).toBe(0)
    // Of the large ones, none has had a turn more.
    expect(begun.indexOf(small)).toBe(4)
    expect(begun.length).toBeGreaterThan(4 * 20)
  })
})

/** Messages that nobody has taken. */
const waiting = async () => (await listQueues(server, ['test'])).reduce((sum, { messages }) => sum + messages, 0)

/** Takes away what has been sent before. */
async function forget() {
  for (const pace of PACES) await server.control('purge_queue', '--vhost', 'kura', `kura.test.${pace}`)
}
