import { sql } from 'kysely'
import { lockItem, publishIfMoved } from '../items/index.ts'
import type { Tx } from '../platform/database/index.ts'
import { notFound, Problem } from '../platform/problem.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { Label } from '../tenancy/schema.ts'
import { type Collection, collectionOf } from './read.ts'

/** Key of the advisory lock on an institution's tree: the tree is changed alone, what lies in it together. */
export const TREE_LOCK = 2
/** Collections above each other. An item's sets are as many. */
const DEEPEST = 20

export interface NewCollection {
  name: Label
  parent?: number | null | undefined
  /** Last of its parent's if nothing is said. */
  position?: number | undefined
  public: boolean
  harvested: boolean
}

export type CollectionPatch = { [field in keyof NewCollection]?: NewCollection[field] | undefined }

/**
 * Makes a collection.
 *
 * @throws Problem 422 where the parent is not there or lies too deep.
 */
export const makeCollection = (tenant: Tenant, made: NewCollection): Promise<Collection> =>
  changeTree(tenant, async (tx) => {
    const parent = made.parent ?? null
    await mustFit(tx, undefined, parent)
    const { id } = await tx
      .insertInto('collection')
      .values({
        parent,
        position: made.position ?? (await lastPosition(tx, parent)) + 1,
        name: JSON.stringify(made.name),
        public: made.public,
        harvested: made.harvested,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  })

/**
 * Names, moves, opens or closes a collection. What harvesters get of the items in it and below follows at once, in
 * parts of bounded size that the outbox keeps.
 *
 * @throws Problem 404 where there is none, 422 where the parent is not there, lies below or too deep.
 */
export const changeCollection = (tenant: Tenant, id: number, patch: CollectionPatch): Promise<Collection> =>
  changeTree(tenant, async (tx) => {
    const before = await tx.selectFrom('collection').select('parent').where('id', '=', id).executeTakeFirst()
    if (!before) throw notFound(`There is no collection ${id}.`)
    const { name, parent, position, ...flags } = patch
    const moves = parent !== undefined && parent !== before.parent
    if (moves) await mustFit(tx, id, parent)
    const last = moves && position === undefined ? (await lastPosition(tx, parent)) + 1 : position
    const changes = {
      ...(name && { name: JSON.stringify(name) }),
      ...(moves && { parent }),
      ...(last !== undefined && { position: last }),
      ...(flags.public !== undefined && { public: flags.public }),
      ...(flags.harvested !== undefined && { harvested: flags.harvested }),
    }
    if (Object.keys(changes).length > 0) await tx.updateTable('collection').set(changes).where('id', '=', id).execute()
    return id
  })

/**
 * Puts an item into these collections and no others.
 *
 * @throws Problem 404 where there is no such item, 422 where a collection is not there.
 */
export async function putIntoCollections(tenant: Tenant, number: number, collections: number[]): Promise<void> {
  await tenant.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock_shared(${TREE_LOCK})`.execute(tx)
    if (!(await lockItem(tx, { number }))) throw notFound(`There is no item ${number}.`)
    const wanted = [...new Set(collections)]
    const { rows } = await sql<{ id: number }>`
      select id from unnest(${wanted}::integer[]) as wanted (id)
      where not exists (select from collection where collection.id = wanted.id) limit 1`.execute(tx)
    if (rows[0]) throw new Problem(422, 'Invalid', `There is no collection ${rows[0].id}.`)
    await sql`delete from item_collection where item = ${number} and collection <> all (${wanted})`.execute(tx)
    await sql`insert into item_collection (item, collection)
      select ${number}, id from unnest(${wanted}::integer[]) as id on conflict do nothing`.execute(tx)
    await publishIfMoved(tx, [number])
  })
}

/** Carries out a change of one collection, and notes the items for which it changes what harvesters get. */
async function changeTree(tenant: Tenant, change: (tx: Tx) => Promise<number>): Promise<Collection> {
  const collection = await tenant.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${TREE_LOCK})`.execute(tx)
    const id = await change(tx)
    await deriveSets(tx, id)
    return await tx.selectFrom('collection').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  })
  tenant.handOn()
  return collectionOf(collection)
}

/** Brings the sets of a collection and of those below up to date, and leaves the items of what changed in the outbox. */
async function deriveSets(tx: Tx, id: number): Promise<void> {
  await sql`
    with recursive tree as (
      select each.id, case when each.public and each.harvested and (above.id is null or above.sets <> '{}')
                           then coalesce(above.sets, '{}') || each.id::text else '{}' end as sets
      from collection as each left join collection as above on above.id = each.parent
      where each.id = ${id}
      union all
      select each.id, case when each.public and each.harvested and tree.sets <> '{}'
                           then tree.sets || each.id::text else '{}' end
      from tree join collection as each on each.parent = tree.id
    ),
    changed as (
      update collection set sets = tree.sets from tree
      where collection.id = tree.id and collection.sets <> tree.sets
      returning collection.id
    )
    insert into outbox (work, item, revision)
    select 'publish', number, revision from item
    where number in (select item from item_collection where collection in (select id from changed))`.execute(tx)
}

/** Refuses a parent that is not there, lies within the collection that is to move, or leaves too little room below. */
async function mustFit(tx: Tx, moving: number | undefined, parent: number | null): Promise<void> {
  if (parent === null) return
  const { rows: above } = await sql<{ id: number }>`
    with recursive above as (
      select id, parent from collection where id = ${parent}
      union all
      select collection.id, collection.parent from above join collection on collection.id = above.parent
    )
    select id from above`.execute(tx)
  if (above.length === 0) throw new Problem(422, 'Invalid', `There is no collection ${parent}.`)
  if (above.some(({ id }) => id === moving))
    throw new Problem(422, 'Invalid', `Collection ${parent} lies within ${moving}, which cannot move into it.`)
  const { rows } = await sql<{ height: number }>`
    with recursive below as (
      select ${moving ?? null}::integer as id, 1 as level
      union all
      select collection.id, level + 1 from below join collection on collection.parent = below.id
    )
    select max(level) as height from below`.execute(tx)
  if (above.length + (rows[0]?.height ?? 1) > DEEPEST)
    throw new Problem(422, 'Invalid', `Collections lie at most ${DEEPEST} deep.`)
}

async function lastPosition(tx: Tx, parent: number | null): Promise<number> {
  const row = await tx
    .selectFrom('collection')
    .select('position')
    .where('parent', 'is not distinct from', parent)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.position ?? 0
}
