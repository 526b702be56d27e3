import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../platform/database/index.ts'
import { Problem } from '../platform/problem.ts'
import type { Tenant } from '../tenancy/index.ts'

/** Key of the advisory lock on an institution's tree. */
const TREE_LOCK = 2
/** Collections above each other. An item's sets are as many. */
const DEEPEST = 20
/** Left free between siblings that are numbered anew, so that the next that move between them change nothing else. */
const GAP = 1_000

/** Carries out a change of the tree, alone, and hands on the work that it leaves in the outbox. */
export async function changeTree<T>(tenant: Tenant, change: (tx: Tx) => Promise<T>): Promise<T> {
  const result = await tenant.db.transaction().execute(async (tx) => {
    await lockTree(tx)
    return await change(tx)
  })
  tenant.handOn()
  return result
}

/** Keeps everybody else from the tree, and from putting items somewhere, until the transaction ends. */
export async function lockTree(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${TREE_LOCK})`.execute(tx)
}

/**
 * Keeps the tree as it is until the transaction ends, while others may do the same. Whoever changes the tree waits for
 * locks on items, so this one is taken before them.
 */
export async function holdTree(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${TREE_LOCK})`.execute(tx)
}

/**
 * Brings what a collection and those below derive from their places and flags up to date, and leaves the items for
 * which harvesters' sets change in the outbox.
 */
export async function deriveBranch(tx: Tx, id: number): Promise<void> {
  await sql`
    with recursive tree as (
      select each.id, each.public and coalesce(above.shown, true) as shown,
             case when each.public and each.harvested and (above.id is null or above.sets <> '{}')
                  then coalesce(above.sets, '{}') || each.id::text else '{}' end as sets
      from collection as each left join collection as above on above.id = each.parent
      where each.id = ${id}
      union all
      select each.id, each.public and tree.shown,
             case when each.public and each.harvested and tree.sets <> '{}'
                  then tree.sets || each.id::text else '{}' end
      from tree join collection as each on each.parent = tree.id
    ),
    moved as (select tree.id from tree join collection using (id) where collection.sets <> tree.sets),
    derived as (
      update collection set sets = tree.sets, shown = tree.shown from tree
      where collection.id = tree.id and (collection.sets <> tree.sets or collection.shown <> tree.shown)
    )
    insert into outbox (work, item, revision)
    select 'publish', number, revision from item
    where number in (select item from item_collection where collection in (select id from moved))`.execute(tx)
}

/** Refuses a parent that is not there, lies within the collection that is to move, or leaves too little room below. */
export async function mustFit(tx: Tx, moving: number | undefined, parent: number | null): Promise<void> {
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

/** A condition that the index on parents is used for, also for those at the top. */
export const childOf = (parent: number | null): RawBuilder<boolean> =>
  parent === null ? sql<boolean>`parent is null` : sql<boolean>`parent = ${parent}`

/** The position behind all that lie in a parent. */
export async function lastPosition(tx: Tx, parent: number | null): Promise<number> {
  const row = await tx
    .selectFrom('collection')
    .select('position')
    .where(childOf(parent))
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (row?.position ?? 0) + 1
}

/**
 * The position right before one of a parent's collections, for another that moves there. Where there is no room
 * between two, all of that parent are numbered anew.
 */
export async function positionBefore(tx: Tx, parent: number | null, before: number, moving: number): Promise<number> {
  const free = await freeBefore(tx, parent, before, moving)
  if (free !== undefined) return free
  await sql`
    update collection set position = numbered.position
    from (select id, ${GAP} * row_number() over (order by position, id) as position
          from collection where ${childOf(parent)}) as numbered
    where collection.id = numbered.id`.execute(tx)
  return (await freeBefore(tx, parent, before, moving)) as number
}

async function freeBefore(tx: Tx, parent: number | null, before: number, moving: number): Promise<number | undefined> {
  const { rows } = await sql<{ position: number; previous: number | null }>`
    select position, (
      select position from collection as other
      where ${childOf(parent)} and (other.position, other.id) < (follower.position, follower.id) and id <> ${moving}
      order by other.position desc, other.id desc limit 1
    ) as previous
    from collection as follower
    where id = ${before} and id <> ${moving} and ${childOf(parent)}`.execute(tx)
  const [follower] = rows
  if (!follower) throw new Problem(422, 'Invalid', `There is no other collection ${before} beside it.`)
  const previous = follower.previous ?? -1
  const middle = Math.floor((previous + follower.position) / 2)
  return middle > previous ? middle : undefined
}
