import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Actor } from '../accounts/index.ts'
import { may, readableCollections, readableStatuses } from '../items/index.ts'
import type { Database } from '../platform/database/index.ts'
import type { CollectionTable } from '../platform/database/tables.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { Label } from '../tenancy/schema.ts'
import type { CollectionName } from './paths.ts'
import type { Placing } from './placing.ts'
import { childOf } from './tree.ts'

/** A place in the institution's tree of collections. */
export interface Collection {
  /** Never changes and is never given to another; harvesters know the collection's set by it. */
  id: number
  /** The collection that it lies in; null at the top. */
  parent: number | null
  /** Order among those of one parent; equal ones by id. */
  position: number
  name: Label
  /** How its items are ordered: the newest first, or as a bulletin's contents by volume, issue, heading and page. */
  kind: 'list' | 'contents'
  /** Whether readers may see it, if they may see all above it. */
  public: boolean
  /** Whether harvesters get what lies in it, if it and all above it are public and harvested. */
  harvested: boolean
  /** Items right in it that the actor may read. */
  items: number
  /** Collections right in it that the actor may see. */
  collections: number
}

export interface CollectionInDetail extends Collection {
  /** Those that it lies in, from the top on. */
  above: CollectionName[]
  /** In their order. */
  headings: { id: number; name: Label }[]
}

/** Where a collection stands among those of one parent. */
export type Position = Pick<Collection, 'position' | 'id'>

/** A page of the collections right in one, or at the top, in their order: those that the actor may see. */
export async function listCollections(
  { db }: Tenant,
  actor: Actor,
  { parent, after, size }: { parent: number | null; after?: Position | undefined; size: number },
): Promise<{ collections: Collection[]; next?: Position }> {
  const behind = after ? sql`and (position, id) > (${after.position}::integer, ${after.id}::integer)` : sql``
  // The page is chosen before anything is counted.
  const { rows } = await sql<Selectable<CollectionTable> & Counts>`
    with page as materialized (
      select * from collection
      where ${childOf(parent)} and shown = any (${readableCollections(actor)}) ${behind}
      order by position, id limit ${size + 1}
    )
    select page.*, ${counts(actor, sql.ref('page.id'))} from page order by position, id`.execute(db)
  const collections = rows.slice(0, size).map(collectionOf)
  const last = collections.at(-1)
  return { collections, ...(rows.length > size && last && { next: { position: last.position, id: last.id } }) }
}

/** The first collections right in each of several, by the id of what they lie in. */
export async function firstBelow(
  { db }: Tenant,
  actor: Actor,
  parents: number[],
  size: number,
): Promise<Map<number, CollectionName[]>> {
  const { rows } = await sql<CollectionName & { parent: number }>`
    select first.* from unnest(${parents}::integer[]) with ordinality as above (id, at), lateral (
      select id, parent, name, position from collection
      where parent = above.id and shown = any (${readableCollections(actor)})
      order by position, id limit ${size}
    ) as first
    order by at, position, first.id`.execute(db)
  return Map.groupBy(rows, ({ parent }) => parent)
}

/** A collection with those above it. Nothing if there is none, or none that the actor may see. */
export async function readCollection(
  { db }: { db: Database },
  actor: Actor,
  id: number,
): Promise<CollectionInDetail | undefined> {
  const { rows } = await sql<Selectable<CollectionTable> & Counts & Pick<CollectionInDetail, 'above' | 'headings'>>`
    with recursive above as (
      select id, parent, name, 0 as steps from collection where id = ${id}
      union all
      select collection.id, collection.parent, collection.name, steps + 1
      from above join collection on collection.id = above.parent
    )
    select collection.*, ${counts(actor, sql.ref('collection.id'))},
           coalesce((select jsonb_agg(jsonb_build_object('id', id, 'name', name) order by steps desc)
                     from above where steps > 0), '[]') as above,
           coalesce((select jsonb_agg(jsonb_build_object('id', heading.id, 'name', heading.name) order by position)
                     from heading where heading.collection = collection.id), '[]') as headings
    from collection where id = ${id}`.execute(db)
  const [row] = rows
  if (!row || !may(actor, 'read', row)) return undefined
  return { ...collectionOf(row), above: row.above, headings: row.headings }
}

/** Where an item lies, by id. Nothing if there is no such item. */
export async function placingsOf({ db }: Tenant, item: number): Promise<Placing[] | undefined> {
  const query = db
    .selectFrom('item')
    .leftJoin('item_collection', 'item_collection.item', 'item.number')
    .select(['collection', 'heading'])
    .where('number', '=', item)
    .orderBy('collection')
  const rows = await query.execute()
  if (rows.length === 0) return undefined
  return rows.flatMap(({ collection, heading }) =>
    collection === null ? [] : { collection, ...(heading !== null && { heading }) },
  )
}

/** Collections that harvesters get, after an id and by id: a page of the sets of OAI-PMH. */
export async function harvestedSets(
  { db }: Tenant,
  after: number,
  size: number,
): Promise<{ id: number; name: Label }[]> {
  return await db
    .selectFrom('collection')
    .select(['id', 'name'])
    .where(sql<boolean>`sets <> '{}'`)
    // What comes from a token may lie beyond every id.
    .where(sql<boolean>`id > ${after}::bigint`)
    .orderBy('id')
    .limit(size)
    .execute()
}

/** Ids, divided by so many, of the collections that readers may know of. */
export async function shownStretches({ db }: Tenant, length: number): Promise<number[]> {
  const { rows } = await sql<{ part: number }>`
    select distinct id / ${length}::integer as part from collection where shown order by part`.execute(db)
  return rows.map(({ part }) => part)
}

/** Those of the collections of such a stretch that readers may know of, by id. */
export async function shownCollections({ db }: Tenant, part: number, length: number): Promise<number[]> {
  const first = part * length
  const { rows } = await sql<{ id: number }>`
    select id from collection
    where shown and id between ${first}::bigint and ${first + length - 1}::bigint order by id`.execute(db)
  return rows.map(({ id }) => id)
}

type Counts = Pick<Collection, 'items' | 'collections'>

const counts = (actor: Actor, id: RawBuilder<unknown>) => sql`
  (select count(*) from item_collection
   where item_collection.collection = ${id} and status = any (${readableStatuses(actor)})) as items,
  (select count(*) from collection as below
   where below.parent = ${id} and below.shown = any (${readableCollections(actor)})) as collections`

const collectionOf = (row: Selectable<CollectionTable> & Counts): Collection => ({
  id: row.id,
  parent: row.parent,
  position: row.position,
  name: row.name,
  kind: row.kind,
  public: row.public,
  harvested: row.harvested,
  items: row.items,
  collections: row.collections,
})
/** Collections that readers may not know of: not public themselves, or below one that is not. */
export async function hiddenCollections({ db }: Tenant): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from collection where not shown`.execute(db)
  return rows.map(({ id }) => id)
}

/** The names of these collections, as far as they are there. */
export async function collectionNames({ db }: Tenant, ids: number[]): Promise<Map<number, Label>> {
  if (ids.length === 0) return new Map()
  const query = db.selectFrom('collection').select(['id', 'name']).where('id', 'in', ids)
  const rows = await query.execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
