import { type RawBuilder, sql } from 'kysely'
import type { Collection } from './read.ts'

/** A collection as far as others name it. */
export type CollectionName = Pick<Collection, 'id' | 'name'>

/**
 * The collections that an item lies in, each with those above it, from the top on: to be selected with the item.
 *
 * @param shown which collections may be seen (`readableCollections`).
 */
export const pathsOf = (item: number, shown: boolean[]): RawBuilder<CollectionName[][]> => sql`
  coalesce((
    with recursive above as (
      select collection.id as leaf, collection.id, collection.parent, collection.name, 0 as steps
      from item_collection join collection on collection.id = item_collection.collection
      where item_collection.item = ${item} and shown = any (${shown})
      union all
      select leaf, collection.id, collection.parent, collection.name, steps + 1
      from above join collection on collection.id = above.parent
    )
    select jsonb_agg(path order by leaf) from (
      select leaf, jsonb_agg(jsonb_build_object('id', id, 'name', name) order by steps desc) as path
      from above group by leaf
    ) as paths
  ), '[]')`
