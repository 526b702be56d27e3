import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../platform/database/index.ts'
import type { Tenant } from '../tenancy/index.ts'

/** Key of the advisory lock under which an institution's feed grows; each institution has its own database. */
export const FEED_LOCK = 1

/**
 * Says in the institution's feed that what the public may see of items has changed. Each row gets the next number and
 * a datestamp that is never earlier than the one before, under a lock that is held until the transaction ends: numbers,
 * datestamps and commits are in one order, and a reader who has seen number N has missed nothing before it.
 *
 * To be the last statement of its transaction: the lock keeps every other publication of the institution waiting.
 */
export async function publish(tx: Tx, items: number[], state: 'public' | 'deleted'): Promise<void> {
  await sql`select pg_advisory_xact_lock(${FEED_LOCK})`.execute(tx)
  // Who was harvested and is not any more keeps the sets: harvesters of a set learn of it there.
  await sql`
    with placed as (${placed(items)}),
    published as (
      insert into publication (item, seq, state, datestamp, harvested, sets)
      select item, coalesce(last.seq, 0) + row_number() over (order by item), ${state},
             greatest(date_trunc('milliseconds', clock_timestamp()), last.datestamp),
             case when placed.harvested then 'now' else 'never' end, placed.sets
      from placed
      left join (select seq, datestamp from publication order by seq desc limit 1) as last on true
      on conflict (item) do update
      set seq = excluded.seq, state = excluded.state, datestamp = excluded.datestamp,
          harvested = case when excluded.state = 'deleted' then publication.harvested
                           when excluded.harvested = 'now' then 'now'
                           when publication.harvested = 'never' then 'never'
                           else 'before' end,
          sets = case when excluded.state = 'deleted' or excluded.harvested = 'never' then publication.sets
                      else excluded.sets end
      returning item, seq, sets
    ),
    left_behind as (delete from publication_set where item = any (${items}))
    insert into publication_set (set, seq, item)
    select set, seq, item from published, unnest(sets) as set`.execute(tx)
}

/** What the feed of another home said of an item. */
export interface PublicationBefore {
  item: number
  seq: number
  state: 'public' | 'deleted'
  /** As PostgreSQL writes it, with all its digits. */
  datestamp: string
  harvested: 'never' | 'now' | 'before'
  sets: string[]
}

/**
 * Says in the feed of an item that has been restored what the feed of its former home said. Place and datestamp stay
 * if `keeps` and if nothing here is later already; otherwise both are new, as for any publication: harvesters who were
 * here before look only behind what they have seen.
 *
 * To be the last statement of its transaction, as {@link publish}.
 */
export async function republish(tx: Tx, before: PublicationBefore, keeps: boolean): Promise<void> {
  const { item, seq, state, datestamp, harvested, sets } = before
  await sql`select pg_advisory_xact_lock(${FEED_LOCK})`.execute(tx)
  await sql`
    with last as (select seq, datestamp from publication order by seq desc limit 1),
    placed as (
      select last.seq, last.datestamp,
             ${keeps} and ${datestamp}::timestamptz <= clock_timestamp() and coalesce(
               last.seq < ${seq}::bigint and last.datestamp <= ${datestamp}::timestamptz, true) as keeps
      from (values (1)) as one left join last on true
    ),
    published as (
      insert into publication (item, seq, state, datestamp, harvested, sets)
      select ${item}, case when keeps then ${seq}::bigint else coalesce(seq, 0) + 1 end, ${state},
             case when keeps then ${datestamp}::timestamptz
                  else greatest(date_trunc('milliseconds', clock_timestamp()), datestamp) end,
             ${harvested}, ${sets}::text[]
      from placed
      returning item, seq, sets
    )
    insert into publication_set (set, seq, item)
    select set, seq, item from published, unnest(sets) as set`.execute(tx)
}

/**
 * Publishes those of the items whose collections let harvesters see another thing than the feed says: others, or none
 * of them, or the item in other sets.
 */
export async function publishMoved({ db }: Tenant, items: number[]): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // One order for all, so that two batches never wait for each other. Whoever publishes an item has locked it.
    await tx.selectFrom('item').select('number').where('number', 'in', items).orderBy('number').forUpdate().execute()
    await publishIfMoved(tx, items)
  })
}

/** The same within a transaction that has locked the items, as its last step. */
export async function publishIfMoved(tx: Tx, items: number[]): Promise<void> {
  const { rows } = await sql<{ item: number }>`
    select item from publication join (${placed(items)}) as placed using (item)
    where state = 'public' and ((publication.harvested = 'now') <> placed.harvested
                                or (placed.harvested and publication.sets <> placed.sets))`.execute(tx)
  if (rows.length === 0) return
  const moved = rows.map(({ item }) => item)
  await publish(tx, moved, 'public')
}

/** Through which sets harvesters get items: an item in no collection at all is harvested too, in no set. */
const placed = (items: number[]): RawBuilder<unknown> => sql`
  select given.item, bool_or(item_collection.item is null or collection.sets <> '{}') as harvested,
         coalesce(array_agg(distinct set order by set) filter (where set is not null), '{}') as sets
  from unnest(${items}::integer[]) as given (item)
  left join item_collection on item_collection.item = given.item
  left join collection on collection.id = item_collection.collection
  left join unnest(collection.sets) as set on true
  group by given.item`
