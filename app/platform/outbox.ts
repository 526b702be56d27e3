import { type RawBuilder, sql } from 'kysely'
import type { Tenant } from '../tenancy/index.ts'
import type { Work } from './database/index.ts'
import type { Log } from './logs.ts'

/** How work is claimed: what takes long apart from what does not, so that neither has to wait for the other. */
interface Pace {
  claims: RawBuilder<boolean>
  /** Rows claimed at a time. */
  batch: number
  /** Seconds for which a claimed row is left to whoever claimed it; after a crash, somebody else takes it then. */
  lease: number
  /** Institutions worked for at a time, in one process. */
  lanes: number
}

/** The conditions are those of indexes, word for word. */
const QUICK: Pace = { claims: sql`work not in ('extract', 'scan')`, batch: 50, lease: 60, lanes: 4 }
/** Readers wait for it, and it waits for a service: behind texts of a large import it would wait for hours. */
const SCAN: Pace = { claims: sql`work = 'scan'`, batch: 1, lease: 900, lanes: 1 }
const SLOW: Pace = { claims: sql`work = 'extract'`, batch: 1, lease: 900, lanes: 1 }

/** Seconds between tries grow to this. */
const LONGEST_PAUSE = 300

/**
 * What has to follow from a change. A handler is told which items changed, reads their present state and writes what
 * follows from it: being told twice, late or out of order does no harm. What takes long is broken off when `stop` is
 * aborted, and done another time.
 */
export type Handlers = Record<Work, (tenant: Tenant, items: number[], stop: AbortSignal) => Promise<void>>

export interface Outbox {
  /** Works off an institution's rows soon, in this process. */
  handOn(tenant: Tenant): void
  /** Works off an institution's rows and is done when none is due but slow work, which is handed on. */
  drain(tenant: Tenant): Promise<void>
  /** Seconds since the oldest row was left that is not slow work; 0 where there is none. */
  age(tenant: Tenant): Promise<number>
  /** Kept when nothing that was handed on is left to be done here. */
  settled(): Promise<void>
  /** Breaks off slow work and begins no more of it, and is done when quick work is. */
  end(): Promise<void>
}

/**
 * The outbox of each institution: rows that commit with the change they follow from. The process that made the change
 * works them off at once; the worker's rounds pick up what was left.
 */
export function createOutbox(handlers: Handlers, log: Log): Outbox {
  const stopping = new AbortController()
  const stop = stopping.signal
  const work = (tenant: Tenant, pace: Pace) => workOff(tenant, pace, { handlers, stop, log })
  const quick = turns(QUICK.lanes, async (tenant) => (await work(tenant, QUICK)) === QUICK.batch, log)
  const slow = [SCAN, SLOW].map((pace) =>
    turns(pace.lanes, async (tenant) => (await work(tenant, pace)) === pace.batch && !stop.aborted, log),
  )
  const takeSlow = (tenant: Tenant) => {
    if (!stop.aborted) for (const each of slow) each.take(tenant)
  }
  const settled = async () => {
    // Slow work leaves quick work behind.
    const all = [quick, ...slow]
    while (all.some((each) => each.busy())) await Promise.all(all.map((each) => each.idle()))
  }
  return {
    handOn(tenant) {
      quick.take(tenant)
      takeSlow(tenant)
    },
    async drain(tenant) {
      while ((await work(tenant, QUICK)) > 0);
      takeSlow(tenant)
    },
    async age({ db }) {
      const { seconds } = await db
        .selectFrom('outbox')
        .select(sql<number>`coalesce(extract(epoch from now() - min(created_at)), 0)::float8`.as('seconds'))
        .where(QUICK.claims)
        .executeTakeFirstOrThrow()
      return seconds
    },
    settled,
    async end() {
      stopping.abort()
      await settled()
    },
  }
}

/**
 * Institutions take turns, a batch each, and one lane each: a large import of one keeps nobody else waiting. `work` does
 * a batch and says whether there may be more.
 */
function turns(most: number, work: (tenant: Tenant) => Promise<boolean>, log: Log) {
  const waiting = new Set<Tenant>()
  const worked = new Set<Tenant>()
  const lanes = new Set<Promise<void>>()
  let busy = 0

  const takeTurn = () => {
    for (const tenant of waiting) {
      if (worked.has(tenant)) continue
      waiting.delete(tenant)
      worked.add(tenant)
      return tenant
    }
    return undefined
  }
  const lane = async () => {
    for (let tenant = takeTurn(); tenant; tenant = takeTurn()) {
      try {
        if (await work(tenant)) waiting.add(tenant)
      } catch (error) {
        log.warn({ tenant: tenant.id, err: error }, 'outbox could not be read')
      }
      worked.delete(tenant)
    }
    busy--
  }
  return {
    take(tenant: Tenant) {
      waiting.add(tenant)
      if (busy >= most) return
      busy++
      const running = lane().finally(() => lanes.delete(running))
      lanes.add(running)
    },
    busy: () => lanes.size > 0,
    async idle() {
      while (lanes.size > 0) await Promise.all(lanes)
    },
  }
}

/** Claims and handles one batch; returns how many rows were claimed. */
async function workOff(
  tenant: Tenant,
  { claims, batch, lease }: Pace,
  { handlers, stop, log }: { handlers: Handlers; stop: AbortSignal; log: Log },
): Promise<number> {
  const { db } = tenant
  const next = db
    .selectFrom('outbox')
    .select('id')
    .where(claims)
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
