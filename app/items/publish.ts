import { sql } from 'kysely'
import type { Tx } from '../platform/database/index.ts'

/** Key of the advisory lock under which an institution's feed grows; each institution has its own database. */
const FEED_LOCK = 1

/**
 * Says in the institution's feed that what the public may see of an item has changed. The row gets the next number and
 * a datestamp that is never earlier than the one before, under a lock that is held until the transaction ends: numbers,
 * datestamps and commits are in one order, and a reader who has seen number N has missed nothing before it.
 *
 * To be the last statement of its transaction: the lock keeps every other publication of the institution waiting.
 */
export async function publish(tx: Tx, item: number, state: 'public' | 'deleted'): Promise<void> {
  await sql`select pg_advisory_xact_lock(${FEED_LOCK})`.execute(tx)
  await sql`
    insert into publication (item, seq, state, datestamp)
    select ${item}, coalesce(last.seq, 0) + 1, ${state},
           greatest(date_trunc('milliseconds', clock_timestamp()), last.datestamp)
    from (values (1)) as one
    left join (select seq, datestamp from publication order by seq desc limit 1) as last on true
    on conflict (item) do update
    set seq = excluded.seq, state = excluded.state, datestamp = excluded.datestamp`.execute(tx)
}
