import { type RawBuilder, sql } from 'kysely'
import { type Counts, type Handle, PACES, type Pace, type Queue, UNHURRIED } from '../ports/queue/port.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { Work } from './database/index.ts'
import type { Log } from './logs.ts'

/** How work of a pace is claimed. The conditions are those of indexes, word for word. */
interface Claim {
  condition: RawBuilder<boolean>
  /** Rows claimed at a time. */
  batch: number
  /** Seconds for which a claimed row is left to whoever claimed it; after a crash, somebody else takes it then. */
  lease: number
}

const CLAIMS: Record<Pace, Claim> = {
  quick: { condition: sql`work not in ('extract', 'scan')`, batch: 50, lease: 60 },
  scan: { condition: sql`work = 'scan'`, batch: 1, lease: 900 },
  slow: { condition: sql`work = 'extract'`, batch: 1, lease: 900 },
}

/** Seconds between tries grow to this. */
const LONGEST_PAUSE = 300

/**
 * What has to follow from a change. A handler is told which items changed, reads their present state and writes what
 * follows from it: being told twice, late or out of order does no harm. What takes long is broken off when `stop` is
 * aborted, and done another time.
 */
export type Handlers = Record<Work, (tenant: Tenant, items: number[], stop: AbortSignal) => Promise<void>>

export interface Outbox {
  /** Has an institution's rows worked off soon, by whoever receives. */
  handOn(tenant: Tenant): void
  /** Works off, in this process, what is handed on by any. */
  receive(): void
  /** Works off an institution's rows and is done when none is due but slow work, which is handed on. */
  drain(tenant: Tenant): Promise<void>
  /** Seconds since the oldest row was left that is not slow work; 0 where there is none. */
  age(tenant: Tenant): Promise<number>
  /** Kept when nothing that was handed on is left to be done here. */
  settled(): Promise<void>
  /** Breaks off slow work and begins no more of it, and is done when quick work is. */
  end(): Promise<void>
  /** What became of what was handed on and received. */
  readonly counts: Readonly<Counts>
}

interface OutboxParts {
  handlers: Handlers
  /** The institution of an id, if it is one of this process. */
  find: (id: string) => Tenant | undefined
  openQueue: (handle: Handle) => Queue
  log: Log
}

/**
 * The outbox of each institution: rows that commit with the change they follow from. The process that made the change
 * hands them on at once; the worker's rounds pick up what was left.
 */
export function createOutbox({ handlers, find, openQueue, log }: OutboxParts): Outbox {
  const stopping = new AbortController()
  const work = async (tenant: Tenant, pace: Pace) =>
    await workOff(tenant, CLAIMS[pace], { handlers, stop: stopping.signal, log })
  const queue = openQueue(async ({ tenant: id, pace }) => {
    const tenant = find(id)
    // One that has moved is served by another cell, whose rounds find the rows in its database.
    if (!tenant || tenant.purged) return false
    return (await work(tenant, pace)) === CLAIMS[pace].batch
  })
  const send = (tenant: string, paces: readonly Pace[]) => {
    for (const pace of paces) queue.send({ tenant, pace })
  }
  return {
    handOn: ({ id }) => send(id, PACES),
    receive: queue.receive,
    async drain(tenant) {
      while ((await work(tenant, 'quick')) > 0);
      send(tenant.id, UNHURRIED)
    },
    async age({ db }) {
      const { seconds } = await db
        .selectFrom('outbox')
        .select(sql<number>`coalesce(extract(epoch from now() - min(created_at)), 0)::float8`.as('seconds'))
        .where(CLAIMS.quick.condition)
        .executeTakeFirstOrThrow()
      return seconds
    },
    settled: queue.settled,
    async end() {
      stopping.abort()
      await queue.end()
    },
    counts: queue.counts,
  }
}

/** Claims and handles one batch; returns how many rows were claimed. */
async function workOff(
  tenant: Tenant,
  { condition, batch, lease }: Claim,
  { handlers, stop, log }: { handlers: Handlers; stop: AbortSignal; log: Log },
): Promise<number> {
  const { db } = tenant
  const next = db
    .selectFrom('outbox')
    .select('id')
    .where(condition)
    .where('due', '<=', sql<Date>`now()`)
    .orderBy('due')
    .limit(batch)
    .forUpdate()
    .skipLocked()
  const claimed = await db
    .updateTable('outbox')
    .set({ due: sql`now() + make_interval(secs => ${lease})`, attempts: sql`attempts + 1` })
    // An array is made once. As `in (…)`, PostgreSQL may choose again for every row of a table that has just grown.
    .where('id', '=', sql<number>`any (array(${next}))`)
    .returning(['id', 'work', 'item', 'attempts'])
    .execute()

  for (const [work, rows] of Map.groupBy(claimed, (row) => row.work)) {
    // A row that cannot be worked off must not keep those beside it from being done.
    if (!(await attempt(rows, rows.length === 1)) && rows.length > 1) for (const row of rows) await attempt([row], true)

    async function attempt(rows: { id: number; item: number }[], last: boolean): Promise<boolean> {
      const ids = rows.map(({ id }) => id)
      try {
        await handlers[work](tenant, [...new Set(rows.map(({ item }) => item))], stop)
        await db.deleteFrom('outbox').where('id', 'in', ids).execute()
        return true
      } catch (error) {
        if (!last) return false
        if (stop.aborted) {
          // What we broke off ourselves has not failed, and whoever comes next need not wait for the lease.
          await db
            .updateTable('outbox')
            .set({ due: sql`now()`, attempts: sql`attempts - 1` })
            .where('id', 'in', ids)
            .execute()
          return false
        }
        log.warn(
          { tenant: tenant.id, work, items: rows.map(({ item }) => item), err: error },
          'work failed and will be tried again',
        )
        await db
          .updateTable('outbox')
          .set({ due: sql`now() + make_interval(secs => least(${LONGEST_PAUSE}, power(2, least(attempts, 20))))` })
          .where('id', 'in', ids)
          .execute()
        return false
      }
    }
  }
  return claimed.length
}
