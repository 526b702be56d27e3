import type { ItemSummary } from '../items/summary.ts'
import type { ItemStatus } from '../platform/database/index.ts'

/** What the index holds of an item. */
export interface SearchDocument {
  item: number
  /** Works as the document's version: an earlier revision never overwrites a later one. */
  revision: number
  status: ItemStatus
  /** Day (YYYY-MM-DD) on which it was published here. */
  publicationDate: string
  summary: ItemSummary
  /** Everything that a reader's words are looked for in. */
  texts: string[]
}

export interface SearchQuery {
  /** What the reader typed; words must all occur, none typed finds everything. Nothing typed is an error. */
  words: string
  /** Items of these statuses: what the actor may read (`readableStatuses`). */
  statuses: ItemStatus[]
  /** Results on a page. */
  size: number
  /** The last result of the page before. */
  after?: Position | undefined
}

/** Where a result stands in the order: newest first, then by number. */
export interface Position {
  publicationDate: string
  item: number
}

export interface SearchPage {
  results: ItemSummary[]
  /** Items found, counted to 10,000: `atLeast` says that there are more. */
  total: { value: number; atLeast: boolean }
  /** Where the next page begins, if there is one. */
  next?: Position
}

/** The search index of one institution. It can be lost and made again from the database. */
export interface SearchIndex {
  /** Writes documents; one that is older than what the index holds is passed over. */
  put(documents: SearchDocument[]): Promise<void>
  search(query: SearchQuery): Promise<SearchPage>
}
