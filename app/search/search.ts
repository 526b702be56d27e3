import type { Actor } from '../accounts/index.ts'
import { collectionNames, hiddenCollections } from '../collections/index.ts'
import { may, readableStatuses } from '../items/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { Label } from '../tenancy/schema.ts'
import { readPlace, writePlace } from './place.ts'
import type { Chosen, Count, SearchPage, SearchResult, Sort } from './port.ts'
import { stillSeen } from './still-seen.ts'

/** What is asked for: the same for each page of its results. */
export interface Search {
  words: string
  chosen: Chosen
  /** Years, months or days of issue, both included. */
  from?: string | undefined
  to?: string | undefined
  /** By relevance if there are words, else what was published last, if nothing is said. */
  sort?: Sort | undefined
  /** Results on a page, where it is not the first of {@link pageSizes}. */
  size?: PageSize | undefined
}

/** Results that readers may have on a page. */
export const pageSizes = [20, 50, 100] as const
export type PageSize = (typeof pageSizes)[number]

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
    forms: true,
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
