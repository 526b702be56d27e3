import { sql } from 'kysely'
import type { Tenant } from '../tenancy/index.ts'
import type { Work } from './database/index.ts'
import type { Log } from './logs.ts'

/** Rows worked off at a time. */
const BATCH = 50
/** Seconds for which a claimed row is left to whoever claimed it; after a crash, somebody else takes it then. */
const LEASE = 60
/** Seconds between tries grow to this. */
const LONGEST_PAUSE = 300
/** Institutions worked for at a time, in one process. */
const LANES = 4

/**
 * What has to follow from a change. A handler is told which items changed, reads their present state and writes what
 * follows from it: being told twice, late or out of order does no harm.
 */
export type Handlers = Record<Work, (tenant: Tenant, items: number[]) => Promise<void>>

export interface Outbox {
  /** Works off an institution's rows soon, in this process. */
  handOn(tenant: Tenant): void
  /** Works off an institution's rows and is done when none is due. */
  drain(tenant: Tenant): Promise<void>
  /** Kept when nothing that was handed on is left to be done here. */
  settled(): Promise<void>
}

/**
 * The outbox of each institution: rows that commit with the change they follow from. The process that made the change
 * works them off at once; the worker's rounds pick up what was left.
 */
export function createOutbox(handlers: Handlers, log: Log): Outbox {
  // Institutions take turns, a batch each, and one lane each: a large import of one keeps nobody else waiting.
  const turns = new Set<Tenant>()
  const worked = new Set<Tenant>()
  const lanes = new Set<Promise<void>>()
  let busy = 0

  const takeTurn = () => {
    for (const tenant of turns) {
      if (worked.has(tenant)) continue
      turns.delete(tenant)
      worked.add(tenant)
      return tenant
    }
    return undefined
  }
  const lane = async () => {
    for (let tenant = takeTurn(); tenant; tenant = takeTurn()) {
      try {
        if ((await workOff(tenant, handlers, log)) === BATCH) turns.add(tenant)
      } catch (error) {
        log.warn({ tenant: tenant.id, err: error }, 'outbox could not be read')
      }
      worked.delete(tenant)
    }
    busy--
  }

  return {
    handOn(tenant) {
      turns.add(tenant)
      if (busy >= LANES) return
      busy++
      const running = lane().finally(() => lanes.delete(running))
      lanes.add(running)
    },
    async drain(tenant) {
      while ((await workOff(tenant, handlers, log)) > 0);
    },
    async settled() {
      while (lanes.size > 0) await Promise.all(lanes)
    },
  }
}

/** Claims and handles one batch; returns how many rows were claimed. */
async function workOff(tenant: Tenant, handlers: Handlers, log: Log): Promise<number> {
  const { db } = tenant
  const next = db
    .selectFrom('outbox')
    .select('id')
    .where('due', '<=', sql<Date>`now()`)
    .orderBy('id')
    .limit(BATCH)
    .forUpdate()
    .skipLocked()
  const claimed = await db
    .updateTable('outbox')
    .set({ due: sql`now() + make_interval(secs => ${LEASE})`, attempts: sql`attempts + 1` })
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
        await handlers[work](tenant, [...new Set(rows.map(({ item }) => item))])
        await db.deleteFrom('outbox').where('id', 'in', ids).execute()
        return true
      } catch (error) {
        if (!last) return false
        log.warn(
          { tenant: tenant.id, work, items: rows.map(({ item }) => item), err: error },
          'work failed and will be tried again',
        )
        await db
          .updateTable('outbox')
          .set({ due: sql`now() + make_interval(secs => least(${LONGEST_PAUSE}, power(2, attempts)))` })
          .where('id', 'in', ids)
          .execute()
        return false
      }
    }
  }
  return claimed.length
}
