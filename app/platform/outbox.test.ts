import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Depositor, depositor, minimal } from '../../test/support/depositor.ts'
import { type Institutions, openInstitutions } from '../../test/support/institutions.ts'
import { memoryQueue } from '../ports/queue/memory.ts'
import type { Work } from './database/index.ts'
import { createLog } from './logs.ts'
import { createOutbox, type Handlers, type Outbox } from './outbox.ts'

let kura: Institutions
let id: string
let staff: Depositor

beforeAll(async () => {
  kura = await openInstitutions(['outbox'])
  id = kura.ids[0] as string
  staff = depositor(kura, id, await kura.token(id, 'import', 'items:write'))
})
afterAll(() => kura.close())

const found = async (words: string) =>
  (await kura.tenant(id).search.search({ words, statuses: ['public'], size: 10 })).total.value
const others: Outbox[] = []
const opened = (handlers: Handlers) => {
  const log = createLog('test', 'silent')
  const outbox = createOutbox({ handlers, find: kura.tenant, openQueue: (handle) => memoryQueue(handle, log), log })
  others.push(outbox)
  return outbox
}
// Slow work is left behind when a drain is done: it would take rows of the next test.
afterEach(async () => {
  for (const outbox of others.splice(0)) await outbox.end()
})
const rows = () => kura.tenant(id).db.selectFrom('outbox').select(['attempts', 'due']).execute()

const nothing = async () => {}
const idle = { index: nothing, publish: nothing, extract: nothing, scan: nothing }

/** Leaves so many rows of each kind of work. */
async function left(item: number, counts: Partial<Record<Work, number>>) {
  const values = Object.entries(counts).flatMap(([work, count]) =>
    Array.from({ length: count }, () => ({ work: work as Work, item, revision: 1 })),
  )
  await kura.tenant(id).db.insertInto('outbox').values(values).execute()
}
async function deposited(source: string) {
  const [outcome] = await staff.lines({ source, record: minimal(source) })
  await kura.settle()
  return outcome?.item.number as number
}

describe('the outbox', () => {
  it('makes a publication findable at once', async () => {
    await staff.lines({ source: 'quick', record: minimal('Quicksilver') })
    await expect.poll(() => found('quicksilver'), { timeout: 1_000, interval: 20 }).toBe(1)
    await kura.settle()
    expect(await rows()).toEqual([])
  })

  it('keeps work that failed, tries it again later, and writes the state of then', async () => {
    await kura.asSuperuser(id, 'alter table search_document rename to mislaid')
    const [first] = await staff.lines({ source: 'late', record: minimal('Latecomer') })
    await staff.lines({ source: 'late', record: minimal('Latecomer changed') })
    await kura.settle()
    expect(first?.status).toBe('imported')
    const [row] = await rows()
    expect(row?.attempts).toBeGreaterThan(0)
    expect(row?.due.getTime()).toBeGreaterThan(Date.now())
    expect((await kura.round(id)).outboxAge).toBeGreaterThan(0)

    await kura.asSuperuser(id, 'alter table mislaid rename to search_document')
    await kura.asSuperuser(id, 'update outbox set due = now()')
    await kura.round(id)
    expect(await rows()).toEqual([])
    expect(await found('latecomer changed')).toBe(1)
  })

  it('does not let work that fails keep other work from being done', async () => {
    const [bad, good] = await staff.lines(
      { source: 'bad', record: minimal('Bad') },
      { source: 'good', record: minimal('Good') },
    )
    await kura.settle()
    const tenant = kura.tenant(id)
    const items = [bad?.item.number as number, good?.item.number as number]
    await tenant.db
      .insertInto('outbox')
      .values(items.map((item) => ({ work: 'index', item, revision: 1 })))
      .execute()
    const done: number[] = []
    const outbox = opened({
      ...idle,
      index: async (_, items) => {
        if (items.includes(bad?.item.number as number)) throw new Error('cannot be done')
        done.push(...items)
      },
    })
    await outbox.drain(tenant)
    expect(done).toEqual([good?.item.number])
    expect((await rows()).length).toBe(1)
    await kura.asSuperuser(id, 'delete from outbox')
  })

  it('is worked off in batches, also when it has just grown and the database does not know yet', async () => {
    const [outcome] = await staff.lines({ source: 'many', record: minimal('Many') })
    await kura.settle()
    const { db } = kura.tenant(id)
    await kura.asSuperuser(id, 'analyze outbox')
    const item = outcome?.item.number as number
    const values = Array.from({ length: 2_000 }, () => ({ work: 'publish' as const, item, revision: 1 }))
    await db.insertInto('outbox').values(values).execute()
    let batches = 0
    const publish = async () => {
      batches++
    }
    await opened({ ...idle, publish }).drain(kura.tenant(id))
    expect(await rows()).toEqual([])
    expect(batches).toBe(40)
  })

  it('does slow work row by row, and lets quick work of the same institution pass', async () => {
    const item = await deposited('slow')
    await left(item, { extract: 3, publish: 60 })
    const done: string[] = []
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    const outbox = opened({
      ...idle,
      publish: async () => void done.push('publish'),
      extract: async (_, items) => {
        begin()
        await released
        done.push(`extract ${items.length}`)
      },
    })
    outbox.handOn(kura.tenant(id))
    await expect.poll(() => done).toEqual(['publish', 'publish'])
    await begun
    // Of three rows, one is claimed.
    expect((await rows()).map(({ attempts }) => attempts).sort()).toEqual([0, 0, 1])
    release()
    await outbox.settled()
    expect(done.slice(2)).toEqual(['extract 1', 'extract 1', 'extract 1'])
    expect(await rows()).toEqual([])
  })

  it('has files scanned while texts of others are still being read', async () => {
    const item = await deposited('both')
    await left(item, { extract: 1, scan: 2 })
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    let scans = 0
    const outbox = opened({ ...idle, extract: () => released, scan: async () => void scans++ })
    outbox.handOn(kura.tenant(id))
    await expect.poll(() => scans).toBe(2)
    release()
    await outbox.settled()
    expect(await rows()).toEqual([])
  })

  it('goes on trying what has failed a thousand times', async () => {
    const item = await deposited('hopeless')
    await left(item, { scan: 1 })
    await kura.asSuperuser(id, 'update outbox set attempts = 5000')
    const scan = async () => {
      throw new Error('gone for days')
    }
    const outbox = opened({ ...idle, scan })
    outbox.handOn(kura.tenant(id))
    await outbox.settled()
    const [row] = await rows()
    expect(row?.attempts).toBe(5001)
    expect((row?.due.getTime() ?? 0) - Date.now()).toBeGreaterThan(200_000)
    expect((row?.due.getTime() ?? 0) - Date.now()).toBeLessThan(400_000)
    await kura.asSuperuser(id, 'delete from outbox')
  })

  it('breaks slow work off when it is to end, and leaves it to whoever comes next', async () => {
    const item = await deposited('ending')
    await left(item, { extract: 2 })
    const begun: number[] = []
    const outbox = opened({
      ...idle,
      extract: async (_, items, stop) => {
        begun.push(...items)
        await new Promise((_, reject) => stop.addEventListener('abort', () => reject(stop.reason)))
      },
    })
    outbox.handOn(kura.tenant(id))
    await expect.poll(() => begun).toEqual([item])
    await outbox.end()
    expect(begun).toEqual([item])
    const kept = await rows()
    expect(kept.map(({ attempts }) => attempts)).toEqual([0, 0])
    expect(kept.every(({ due }) => due.getTime() <= Date.now() + 1_000)).toBe(true)
    await kura.asSuperuser(id, 'delete from outbox')
  })

  it('never finds a work that was withdrawn', async () => {
    const [outcome] = await staff.lines({ source: 'gone', record: minimal('Gonehome') })
    await staff.api(`/items/${outcome?.item.number}/withdrawal`, 'POST', { reason: 'x' })
    await kura.settle()
    expect(await found('gonehome')).toBe(0)
  })
})
