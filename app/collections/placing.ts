import { sql } from 'kysely'
import { type LockedItem, lockItem, placeOf, publishIfMoved } from '../items/index.ts'
import type { Tx } from '../platform/database/index.ts'
import { notFound, Problem } from '../platform/problem.ts'
import type { Tenant } from '../tenancy/index.ts'
import { holdTree } from './tree.ts'

/** That an item is to lie in a collection, and under which of its headings. */
export interface Placing {
  collection: number
  heading?: number | undefined
}

/**
 * Puts an item into these collections and no others. It makes no revision.
 *
 * @throws Problem 404 where there is no such item, 422 where a collection or a heading in it is not there.
 */
export async function putIntoCollections(tenant: Tenant, number: number, placings: Placing[]): Promise<void> {
  await tenant.db.transaction().execute(async (tx) => {
    await holdTree(tx)
    const item = await lockItem(tx, { number })
    if (!item) throw notFound(`There is no item ${number}.`)
    await place(tx, item, placings)
    await sql`insert into outbox (work, item, revision)
      select 'index', number, revision from item where number = ${number}`.execute(tx)
    await publishIfMoved(tx, [number])
  })
  tenant.handOn()
}

/**
 * The same within a transaction that has taken {@link holdTree} and locked the item, and will publish it.
 *
 * @throws Problem 422 where a collection or a heading in it is not there.
 */
export async function place(tx: Tx, item: LockedItem, placings: Placing[]): Promise<void> {
  const byCollection = new Map(placings.map((placing) => [placing.collection, placing.heading ?? null]))
  const collections = [...byCollection.keys()]
  const wanted = sql`unnest(${collections}::integer[], ${[...byCollection.values()]}::integer[]) as wanted (collection, heading)`
  const { rows } = await sql<{ collection: number; heading: number | null; missing: boolean }>`
    select wanted.collection, wanted.heading, collection.id is null as missing
    from ${wanted}
    left join collection on collection.id = wanted.collection
    left join heading on heading.id = wanted.heading and heading.collection = wanted.collection
    where collection.id is null or (wanted.heading is not null and heading.id is null) limit 1`.execute(tx)
  const [wrong] = rows
  if (wrong?.missing) throw new Problem(422, 'Invalid', `There is no collection ${wrong.collection}.`)
  if (wrong) throw new Problem(422, 'Invalid', `Collection ${wrong.collection} has no heading ${wrong.heading}.`)

  await sql`delete from item_collection where item = ${item.number} and collection <> all (${collections}::integer[])`.execute(
    tx,
  )
  const { status, published, issue, start } = placeOf(item)
  await sql`
    insert into item_collection (item, collection, heading, heading_position, status, published, issue, start)
    select ${item.number}::integer, wanted.collection, wanted.heading, coalesce(heading.position, 0),
           ${status}, ${published}::date, ${issue}::bytea, ${start}::bytea
    from ${wanted} left join heading on heading.id = wanted.heading
    on conflict (item, collection) do update
    set heading = excluded.heading, heading_position = excluded.heading_position
    where item_collection.heading is distinct from excluded.heading`.execute(tx)
}
