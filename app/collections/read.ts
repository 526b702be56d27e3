import { type Selectable, sql } from 'kysely'
import type { CollectionTable } from '../platform/database/tables.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { Label } from '../tenancy/schema.ts'

/** A place in the institution's tree of collections. */
export interface Collection {
  /** Never changes and is never given to another; harvesters know the collection's set by it. */
  id: number
  /** The collection that it lies in; null at the top. */
  parent: number | null
  /** Order among those of one parent; equal ones by id. */
  position: number
  name: Label
  /** Whether readers may see it, if they may see all above it. */
  public: boolean
  /** Whether harvesters get what lies in it, if it and all above it are public and harvested. */
  harvested: boolean
}

export const collectionOf = ({ id, parent, position, name, ...row }: Selectable<CollectionTable>): Collection => ({
  id,
  parent,
  position,
  name,
  public: row.public,
  harvested: row.harvested,
})

/** All collections, those of one parent in their order. */
export async function listCollections({ db }: Tenant): Promise<Collection[]> {
  const rows = await db
    .selectFrom('collection')
    .selectAll()
    .orderBy('parent')
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map(collectionOf)
}

/** The collections that an item lies in, by id. Nothing if there is no such item. */
export async function collectionsOf({ db }: Tenant, item: number): Promise<number[] | undefined> {
  const rows = await db
    .selectFrom('item')
    .leftJoin('item_collection', 'item_collection.item', 'item.number')
    .select('collection')
    .where('number', '=', item)
    .orderBy('collection')
    .execute()
  return rows.length === 0 ? undefined : rows.flatMap(({ collection }) => collection ?? [])
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

/** Collections that readers may not know of: not public themselves, or below one that is not. */
export async function hiddenCollections({ db }: Tenant): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with recursive hidden as (
      select id from collection where not public
      union
      select collection.id from hidden join collection on collection.parent = hidden.id
    )
    select id from hidden`.execute(db)
  return rows.map(({ id }) => id)
}

/** The names of these collections, as far as they are there. */
export async function collectionNames({ db }: Tenant, ids: number[]): Promise<Map<number, Label>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('collection').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
