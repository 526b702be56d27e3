import { sql } from 'kysely'
import type { Actor } from '../accounts/index.ts'
import { collectionNames, hiddenCollections } from '../collections/index.ts'
import { openTexts } from '../fulltext/index.ts'
import { may, readableStatuses } from '../items/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { Label } from '../tenancy/schema.ts'
import { readPlace, writePlace } from './place.ts'
import type { Chosen, Count, SearchPage, SearchResult, Sort } from './port.ts'

/** What is asked for: the same for each page of its results. */
export interface Search {
  words: string
  chosen: Chosen
  /** Years, months or days of issue, both included. */
  from?: string | undefined
  to?: string | undefined
  /** By relevance if there are words, else what was published last, if nothing is said. */
  sort?: Sort | undefined
}

export interface Found {
  results: SearchResult[]
  total: Count
  sort: Sort
  /** The place at which the next page begins. */
  next?: string
  counts?: SearchPage['counts']
  /** Names of the collections that are counted or chosen. */
  collections: Map<number, Label>
}

/** No collection has a higher number: an address may. */
const MOST_COLLECTION = 2_147_483_647

/** The order of a search that names none, or one by relevance that has no words to be relevant to. */
function sortOf({ words, sort }: Search): Sort {
  if (words.trim() === '') return sort === undefined || sort === 'relevance' ? 'published' : sort
  return sort ?? 'relevance'
}

/** Whether a place belongs to the results of a search. */
export const isPlaceOf = (search: Search, place: string): boolean =>
  readPlace({ ...search, sort: sortOf(search) }, place) !== undefined

/** Searches as an actor may: items, files' texts and collections that are not for them leave no trace. */
export async function search(
  tenant: Tenant,
  actor: Actor,
  search: Search,
  { size, after, counts, bare }: { size: number; after?: string | undefined; counts: boolean; bare?: boolean },
): Promise<Found> {
  const sort = sortOf(search)
  const asked = { ...search, sort }
  const about = counts || search.chosen.collection !== undefined
  const hidden = about && !may(actor, 'write') ? await hiddenCollections(tenant) : []
  const { next, ...page } = await tenant.search.search({
    ...asked,
    statuses: readableStatuses(actor),
    hiddenCollections: hidden,
    size,
    after: after === undefined ? undefined : readPlace(asked, after),
    counts,
    bare,
  })
  const counted = page.counts?.collection.values.map(({ value }) => Number(value)) ?? []
  const chosen = (search.chosen.collection ?? []).map(Number).filter((id) => id > 0 && id <= MOST_COLLECTION)
  const named = [...counted, ...chosen].filter((id) => !hidden.includes(id))
  const collections = await collectionNames(tenant, named)
  // One that has been deleted may be counted for a while.
  const values = page.counts?.collection.values.filter(({ value }) => collections.has(Number(value)))
  return {
    ...page,
    ...(page.counts && values && { counts: { ...page.counts, collection: { ...page.counts.collection, values } } }),
    results: await stillSeen(tenant, actor, page.results),
    sort,
    ...(next && { next: writePlace(asked, next) }),
    collections,
  }
}

/**
 * The index follows the database, and may be behind it. What an actor may not see any more goes at once all the same:
 * items that have been withdrawn, and what a file says that has been closed.
 */
async function stillSeen(tenant: Tenant, actor: Actor, results: SearchResult[]): Promise<SearchResult[]> {
  if (results.length === 0) return results
  const numbers = results.map(({ number }) => number)
  const { rows } = await sql<{ number: number }>`
    /*NO LOAD BALANCE*/ select number from item
    where number = any (${numbers}) and status = any (${readableStatuses(actor)})`.execute(tenant.db)
  const readable = new Set(rows.map(({ number }) => number))
  const quoted = results.flatMap(({ number, file }) => (file === undefined ? [] : [number]))
  const open = quoted.length > 0 ? await openTexts(tenant, quoted) : new Map<number, string[]>()
  return results
    .filter(({ number }) => readable.has(number))
    .map(({ file, snippet, ...result }) =>
      snippet && (file === undefined || open.get(result.number)?.includes(file)) ? { ...result, snippet } : result,
    )
}
