import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { notFound, Problem } from '../../platform/problem.ts'
import type { Tenant } from '../../tenancy/index.ts'

/** Seconds for which a request is believed to work on an upload without having said so again. */
const LEASE = 15
/** Milliseconds after which it says so again, and looks whether another waits. */
const RENEWAL = 3_000
/** Milliseconds between two looks of one that waits, and for which it waits at most. */
const LOOK = 500
const PATIENCE = 60_000
/** Days for which an upload is kept after it was last worked on. */
export const KEPT_DAYS = 7

export const noSuchUpload = () => notFound('There is no such upload (any more).')

/** That a request alone works on an upload. */
export interface Lease {
  readonly runner: string
  release(): Promise<void>
}

/**
 * Waits until nobody else works on an upload, and keeps others away from it. Several processes serve one upload, and a
 * part may take hours: so no connection is held, but a row says who is at it and is renewed.
 *
 * @param interrupt is called when another request waits, or when the lease can be renewed no more: a sender whose
 * connection hangs half open comes back by another one.
 * @throws Problem 404 where there is no such upload, 423 where the other does not end.
 */
export async function leaseUpload({ db }: Tenant, id: string, interrupt: () => void): Promise<Lease> {
  const runner = randomUUID()
  const until = sql<Date>`now() + make_interval(secs => ${LEASE})`
  const expiry = sql<Date>`now() + make_interval(days => ${KEPT_DAYS})`
  for (const began = Date.now(); ; ) {
    const { numUpdatedRows } = await db
      .updateTable('upload')
      .set({ runner, leased_until: until, wanted: false, expires_at: expiry })
      .where('id', '=', id)
      .where('leased_until', '<=', sql<Date>`now()`)
      .where('expires_at', '>', sql<Date>`now()`)
      .executeTakeFirst()
    if (numUpdatedRows === 1n) break
    const waiting = await db
      .updateTable('upload')
      .set({ wanted: true })
      .where('id', '=', id)
      .where('expires_at', '>', sql<Date>`now()`)
      .executeTakeFirst()
    if (waiting.numUpdatedRows === 0n) throw noSuchUpload()
    if (Date.now() - began > PATIENCE)
      throw new Problem(423, 'Locked', 'Another request works on this upload. Try again in a moment.', {
        'retry-after': String(LEASE),
      })
    await sleep(LOOK)
  }

  const mine = db.updateTable('upload').where('id', '=', id).where('runner', '=', runner)
  let held = Date.now()
  const renewing = setInterval(async () => {
    const row = await mine
      .set({ leased_until: until })
      .returning('wanted')
      .executeTakeFirst()
      .catch(() => 'unknown' as const)
    // Who cannot renew it has it until it ends by itself.
    if (row === 'unknown' ? Date.now() - held > LEASE * 1_000 - RENEWAL : (row?.wanted ?? true)) interrupt()
    else if (row !== 'unknown') held = Date.now()
  }, RENEWAL)
  return {
    runner,
    async release() {
      clearInterval(renewing)
      await mine.set({ leased_until: sql<Date>`now()`, expires_at: expiry }).execute()
    },
  }
}
