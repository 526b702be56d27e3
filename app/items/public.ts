import { sql } from 'kysely'
import { anonymous } from '../accounts/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { Dissemination } from './dissemination.ts'
import { disseminateAll, snapshot } from './read-many.ts'

/** Bytes of records' JSON that are read at a time: one of them may be as large as a hundred others. */
const MOST_STORED = 5_000_000

/** A stretch of items whose numbers differ in their last digits alone. */
export interface Stretch {
  /** The numbers divided by the length of a stretch. */
  part: number
  /** When the public saw one of them change the last time, coming and going included. */
  changed: Date
}

/** The first stretches, each of so many numbers, in which there are items that the public may see. */
export async function publicStretches({ db }: Tenant, length: number, most: number): Promise<Stretch[]> {
  // Stretch by stretch: grouped at once, the whole feed would be sorted.
  const { rows } = await sql<Stretch>`
    select part, changed from (
      select generate_series(min(item) / ${length}::integer, max(item) / ${length}::integer) as part from publication
    ) as stretch, lateral (
      select max(datestamp) as changed, bool_or(state = 'public') as shown from publication
      where item between part * ${length}::integer and part * ${length}::integer + ${length - 1}::integer
    ) as held
    where shown order by part limit ${most}`.execute(db)
  return rows
}

/** What the public may see of a stretch: its items by number, each with its datestamp. Nothing if that is none. */
export async function publicIn(
  { db }: Tenant,
  part: number,
  length: number,
): Promise<{ items: { item: number; datestamp: Date }[]; changed: Date } | undefined> {
  const first = part * length
  const { rows } = await sql<{ item: number; datestamp: Date; shown: boolean }>`
    select item, datestamp, state = 'public' as shown from publication
    where item between ${first}::bigint and ${first + length - 1}::bigint order by item`.execute(db)
  const items = rows.filter(({ shown }) => shown)
  if (items.length === 0) return undefined
  return { items, changed: rows.reduce((last, { datestamp }) => (datestamp > last ? datestamp : last), new Date(0)) }
}

/** When what the public sees at the address of an item changed the last time; nothing where it sees no item there. */
export async function lastChange({ db }: Tenant, number: number): Promise<Date | undefined> {
  const { rows } = await sql<{ changed: Date }>`
    select ${CHANGED} as changed from publication
    where item = ${number} and state = 'public'`.execute(db)
  return rows[0]?.changed
}

/** A new version shows on an item's page, though it changes nothing that harvesters get. */
export const CHANGED = sql<Date | null>`
  greatest(publication.datestamp, (select max(made_at) from version where version.item = publication.item))`

/**
 * What the public may see of these items, in the order given, and since when; of those that it may see. They are fewer
 * where their records are very large.
 */
export const readPublic = (tenant: Tenant, numbers: number[]): Promise<{ item: Dissemination; datestamp: Date }[]> =>
  snapshot(tenant, async (tx) => {
    const { rows } = await sql<{ number: number; datestamp: Date }>`
      with asked as (
        select number, at, datestamp, sum(octet_length(record::text)) over (order by at) as stored
        from unnest(${numbers}::integer[]) with ordinality as given (number, at)
        join publication on publication.item = number and publication.state = 'public'
        join item using (number)
      )
      select number, datestamp from asked where stored <= ${MOST_STORED} or at = 1 order by at`.execute(tx)
    const items = await disseminateAll(
      tx,
      tenant,
      anonymous,
      rows.map(({ number }) => number),
    )
    return rows.flatMap(({ number, datestamp }) => {
      const item = items.get(number)
      return item ? { item, datestamp } : []
    })
  })
