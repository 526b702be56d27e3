import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/database/index.ts'
import type { ItemStatus } from '../../platform/database/tables.ts'
import { type Listed, listed, listKey } from '../names.ts'
import type { SearchDocument } from '../port.ts'

/** One name that counts an item: of a status, and with an ORCID if it is one of those that the item gives to it. */
export type Listing = [status: ItemStatus, facet: Listed, value: string, orcid: string]

/** Items of these are shown to somebody. */
const counted = ['public', 'scheduled'] as const satisfies ItemStatus[]

/** How many items of these statuses a row of `search_name` counts. */
export const itemsOf = (statuses: ItemStatus[]): RawBuilder<number> =>
  sql`(${sql.join(
    [sql.lit(0), ...counted.filter((status) => statuses.includes(status)).map((status) => sql.ref(status))],
    sql` + `,
  )})`

/** The names that count a document. */
export function listingsOf({ status, facets, creators }: SearchDocument): Listing[] {
  if (!counted.some((each) => each === status)) return []
  const known = new Set(facets.creator)
  const orcids = creators.flatMap(({ value, orcid }) =>
    orcid !== undefined && known.has(value) ? [{ value, orcid }] : [],
  )
  const listings: Listing[] = [
    ...listed.flatMap((facet) => facets[facet].map((value): Listing => [status, facet, value, ''])),
    ...orcids.map(({ value, orcid }): Listing => [status, 'creator', value, orcid]),
  ]
  return [...new Map(listings.map((each) => [JSON.stringify(each), each])).values()]
}

/** What is counted of documents as the index holds them, by item. */
export async function listingsBefore(tx: Tx, items: number[]): Promise<Map<number, Listing[]>> {
  const { rows } = await sql<{ item: number; listed: Listing[] | null }>`
    select item, listed from search_document where item = any (${items}) for update`.execute(tx)
  return new Map(rows.map(({ item, listed }) => [item, listed ?? []]))
}

/**
 * Counts names as documents have them now and not as they had them before. Others count some of the same names: to be
 * the last statements of a transaction, so that nobody waits for long.
 */
export async function countNames(tx: Tx, before: Map<number, Listing[]>, documents: SearchDocument[]): Promise<void> {
  const changes = new Map<string, Change>()
  const change = ([status, facet, value, orcid]: Listing, by: number) => {
    const id = JSON.stringify([facet, value, orcid])
    const row = changes.get(id) ?? { facet, value, orcid, public: 0, scheduled: 0 }
    changes.set(id, { ...row, [status]: row[status as (typeof counted)[number]] + by })
  }
  for (const document of documents) {
    for (const listing of before.get(document.item) ?? []) change(listing, -1)
    for (const listing of listingsOf(document)) change(listing, 1)
  }
  const readings = new Map(
    documents.flatMap(({ creators }) => creators.flatMap(({ value, reading }) => (reading ? [[value, reading]] : []))),
  )
  const rows = [...changes.values()]
    .map((row) => keyed(row, readings))
    // What stays as it was may have got another reading.
    .filter(({ written, ...row }) => row.public !== 0 || row.scheduled !== 0 || written !== null)
  if (rows.length === 0) return
  // In one order for all, so that two never wait for each other.
  await sql`
    insert into search_name (facet, value, orcid, key, written, public, scheduled)
    select facet, value, orcid, key, written, public, scheduled
    from json_to_recordset(${JSON.stringify(rows)}) as given (
      facet text, value text, orcid text, key text, written text, public integer, scheduled integer)
    order by facet collate "C", value collate "C", orcid collate "C"
    on conflict (facet, value, orcid) do update set
      public = search_name.public + excluded.public, scheduled = search_name.scheduled + excluded.scheduled,
      key = case when excluded.written is null then search_name.key else excluded.key end,
      written = coalesce(excluded.written, search_name.written)
    where excluded.public <> 0 or excluded.scheduled <> 0 or excluded.key <> search_name.key`.execute(tx)
  const fewer = rows.filter((row) => row.public + row.scheduled <= 0)
  if (fewer.length === 0) return
  await sql`
    delete from search_name using json_to_recordset(${JSON.stringify(fewer)}) as given (facet text, value text, orcid text)
    where (search_name.facet, search_name.value, search_name.orcid) = (given.facet, given.value, given.orcid)
      and public = 0 and scheduled = 0`.execute(tx)
}

interface Change {
  facet: Listed
  value: string
  orcid: string
  public: number
  scheduled: number
}

/** With the place in the list: a creator's by the reading, if there is one. */
function keyed(row: Change, readings: Map<string, string>) {
  const reading = row.facet === 'creator' ? readings.get(row.value) : undefined
  const own = listKey(row.value)
  return reading === undefined ? { ...row, key: own, written: null } : { ...row, key: listKey(reading), written: own }
}
