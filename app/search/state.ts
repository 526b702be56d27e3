import { sql } from 'kysely'
import type { Tenant } from '../tenancy/index.ts'

/**
 * A name for all that searches of the public depend on, as it stands: the index, the tree of collections, and items that
 * are not public any more. What was found in one state is what would be found now, for as long as it lasts, and no name is
 * ever given to another. Nothing while a change is on its way to the index.
 *
 * A change leaves work in the outbox as it commits, and the index's number has been raised before the work is gone: so
 * there is no moment at which the old number stands alone beside what is new.
 */
export async function searchState({ db }: Tenant): Promise<string | undefined> {
  // A database that was restored, or lost what it had not sent to its successor, would give numbers a second time: its
  // own number and that of the server's timeline, with which a file of the log begins, tell them apart.
  const { rows } = await sql<{ state: string | null }>`
    select case
      when pg_is_in_recovery() or exists (select from outbox where work <> 'extract') then null
      else concat_ws('.', left(pg_walfile_name(pg_current_wal_lsn()), 8),
                     (select oid from pg_database where datname = current_database()),
                     (select number from tree_state), (select last_value from index_state))
      end as state`.execute(db)
  return rows[0]?.state ?? undefined
}
