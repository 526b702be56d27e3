import { sql } from 'kysely'
import type { Tx } from '../platform/database/index.ts'
import { Problem } from '../platform/problem.ts'
import type { Label } from '../tenancy/schema.ts'

/** A heading of a collection's contents: one that there is has an id, a new one has none yet. */
export interface WantedHeading {
  id?: number | undefined
  name: Label
}

/**
 * Gives a collection these headings in this order and no others. What lies under one that goes lies under none.
 *
 * @throws Problem 422 where an id is none of the collection's headings, or stands there twice.
 */
export async function setHeadings(tx: Tx, collection: number, wanted: WantedHeading[]): Promise<void> {
  const kept = wanted.flatMap(({ id }) => id ?? [])
  const { rows: known } = await sql<{ id: number }>`
    select id from heading where collection = ${collection} and id = any (${kept}::integer[])`.execute(tx)
  const strange = kept.find((id, index) => kept.indexOf(id) !== index || !known.some((each) => each.id === id))
  if (strange !== undefined)
    throw new Problem(422, 'Invalid', `Collection ${collection} has no heading ${strange}, or it is named twice.`)

  await sql`
    update item_collection set heading = null, heading_position = 0
    where collection = ${collection} and heading <> all (${kept}::integer[])`.execute(tx)
  await sql`delete from heading where collection = ${collection} and id <> all (${kept}::integer[])`.execute(tx)
  const listed = wanted.map(({ id, name }, index) => ({ id, name, position: index + 1 }))
  await sql`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(listed)}::jsonb) as wanted (id integer, name jsonb, position integer)
    ),
    changed as (
      update heading set name = wanted.name, position = wanted.position from wanted where heading.id = wanted.id
    )
    insert into heading (collection, name, position)
    select ${collection}, name, position from wanted where id is null order by position`.execute(tx)
  await sql`
    update item_collection set heading_position = heading.position from heading
    where heading.collection = ${collection} and item_collection.collection = ${collection}
      and item_collection.heading = heading.id and heading_position <> heading.position`.execute(tx)
}
