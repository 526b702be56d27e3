import type { ItemSummary } from '../items/summary.ts'
import type { Database, ItemStatus } from '../platform/database/index.ts'
import type { Listed } from './names.ts'
import type { Field } from './query.ts'
import type { Segment } from './snippet.ts'

/** What found items are counted by, and can be narrowed to. */
export const facets = ['type', 'year', 'language', 'access', 'collection', 'subject', 'creator'] as const
export type Facet = (typeof facets)[number]

/**
 * Orders of results. `relevance`: words in the title before words in title, creators and subjects before words anywhere;
 * within these, and for `published`, what was published here last comes first. `newest` and `oldest` go by the day of
 * issue, what has none comes last. `title` goes by its reading. What is equal goes by number, the last first; in
 * `oldest` and `title` the first first.
 */
export const sorts = ['relevance', 'published', 'newest', 'oldest', 'title'] as const
export type Sort = (typeof sorts)[number]

/** What the index holds of an item. */
export interface SearchDocument {
  item: number
  /** Works as the document's version: an earlier revision never overwrites a later one. */
  revision: number
  status: ItemStatus
  /** Day (YYYY-MM-DD) on which it was published here. */
  publicationDate: string
  /** Day, month or year of issue, as far as it is known. */
  issued?: string
  summary: ItemSummary
  /** What it is ordered by among titles: its reading where it has one. */
  titleReading: string
  /** What words are looked for in, by the field that they may be limited to. */
  fields: { [F in Field | 'other']: string[] }
  /** Looked in too, and shown in snippets. */
  abstract: string
  facets: { [F in Facet]: string[] }
  /** What is known of the creators that the facet names. */
  creators: { value: string; reading?: string | undefined; orcid?: string | undefined }[]
  /** Files whose text everybody may read, in their order. A file never changes its bytes, nor so its text. */
  files: string[]
}

export interface SearchQuery {
  /** What the reader typed (`parseQuery`); none typed finds everything. Nothing typed is an error. */
  words: string
  /** Items of these statuses: what the actor may read (`readableStatuses`). */
  statuses: ItemStatus[]
  /** Values of facets: items have one of each facet's. */
  chosen?: Chosen | undefined
  /** Years, months or days of issue between which items lie, both included. */
  from?: string | undefined
  to?: string | undefined
  /** Collections that the asker may not know of: as if nothing lay in them. */
  hiddenCollections?: number[] | undefined
  /** By relevance if there are words, by `published` if there are none. */
  sort?: Sort | undefined
  /** Results on a page. */
  size: number
  /** The last result of the page before. */
  after?: Position | undefined
  /** Whether to count the facets, too. */
  counts?: boolean | undefined
  /**
   * Whether words without quotation marks are found in other forms, too, where the index knows a dictionary: inflected,
   * by their stem, by how they are read. By relevance such items come after all that hold the words as they are typed.
   */
  forms?: boolean | undefined
  /** Whether the items alone are wanted: without snippets, and counted no further than the page goes. */
  bare?: boolean | undefined
}

export type Chosen = { [F in Facet]?: string[] | undefined }

/** Where a result stands in its order. For nobody but the index that gave it to understand. */
export interface Position {
  key: string | number
  /** Orders what `key` leaves equal. */
  item: number
  /** By relevance: where the words stand, or how much is alike. */
  tier?: number | undefined
  /** The state of the index in which it stands there, where that matters; it is kept for some minutes. */
  state?: string | undefined
}

export interface SearchResult extends ItemSummary {
  /** From the abstract or a file, where the words occur there. */
  snippet?: Segment[]
  /** The file that the snippet comes from, if it is from one. */
  file?: string
}

/** A number that was counted to 10,000 items: `atLeast` says that there are more. */
export interface Count {
  value: number
  atLeast: boolean
}

export interface SearchPage {
  results: SearchResult[]
  total: Count
  /** Where the next page begins, if there is one. */
  next?: Position
  /**
   * Of each facet its commonest values with the number of items, as if nothing of the facet itself were chosen. Where
   * more than 5,000 items are found, the numbers may be of so many of them alone (`atLeast`).
   */
  counts?: { [F in Facet]: FacetCounts }
}

export interface FacetCounts {
  values: { value: string; count: number }[]
  atLeast: boolean
}

/** A page of people or subjects, in the order of {@link listKey} and, where that is equal, of the names themselves. */
export interface NamesQuery {
  facet: Listed
  /** Items of these statuses count; what no such item has is not listed. */
  statuses: ItemStatus[]
  /** Names that begin like this, as they are written or read. */
  prefix?: string | undefined
  /** Where the list is to begin: one of `initials`. */
  from?: string | undefined
  /** The last name of the page before. */
  after?: NamePosition | undefined
  /** Names on a page. */
  size: number
}

/** Where a name stands in its list. */
export interface NamePosition {
  key: string
  value: string
}

export interface ListedName extends NamePosition {
  /** Items that have it. */
  items: number
  /** Those that items give to it: one, unless it is the name of several people. */
  orcids: string[]
}

export interface NamesPage {
  names: ListedName[]
  /** Where the next page begins, if there is one. */
  next?: NamePosition
}

/** What is asked of items that are like one. */
export interface AlikeQuery {
  /** The item itself, which is not like itself. */
  item: number
  /** What it has. */
  values: { [L in Listed]: string[] }
  statuses: ItemStatus[]
  size: number
}

/** What somebody has begun to type. */
export interface SuggestQuery {
  typed: string
  /** Items of these statuses are suggested, and names that they have. */
  statuses: ItemStatus[]
  /** Items, and names of each kind, at most. */
  size: number
}

export interface Suggestions {
  /** Those with a title that begins like that, or has a word that is read so; what was published last comes first. */
  items: ItemSummary[]
  /** Names that begin like that as they are written or read, those that most items have first. */
  names: { facet: Listed; value: string; items: number }[]
}

/** The search index of one institution. It can be lost and made again from the database. */
export interface SearchIndex {
  /**
   * Writes documents; one that is older than what the index holds is passed over.
   *
   * @param read gives a file's text. It is asked for files alone that the index does not have yet.
   */
  put(documents: SearchDocument[], read: (file: string) => Promise<string>): Promise<void>
  search(query: SearchQuery): Promise<SearchPage>
  /**
   * People or subjects by name. A creator stands where its reading does as soon as one document gives one; which of
   * several readings counts is left open.
   */
  names(query: NamesQuery): Promise<NamesPage>
  /** The initials under which there are names. */
  initials(query: Pick<NamesQuery, 'facet' | 'statuses'>): Promise<string[]>
  /**
   * Items that share creators or subjects with one. What few have counts more than what many have; what very many have
   * may be looked for among what was published last alone. Their status is that of the items now, also where the index
   * is behind.
   */
  alike(query: AlikeQuery): Promise<ItemSummary[]>
  /** What somebody may be about to type. There only where the index is quick enough to be asked at every key. */
  suggest?(query: SuggestQuery): Promise<Suggestions>
  /**
   * Begins to make the index again. What is put meanwhile is not lost, and readers find what the index holds: the old
   * until the new takes its place.
   *
   * @param goOn takes up what was begun before, if there is something.
   */
  rebuild(goOn: boolean): Promise<Rebuild>
  /**
   * Does what time brings: ends what was needed for a while.
   *
   * @returns whether the index is lost, or in the form of another release, so that it is to be made again.
   */
  lookAfter(now: Date): Promise<{ outdated: boolean }>
}

/** An index that is being made again. */
export interface Rebuild extends Pick<SearchIndex, 'put'> {
  /**
   * Ends it: from now on it is the one that is searched.
   *
   * @param items how many items it must hold.
   * @throws Error if it holds fewer, and nothing changes.
   */
  takePlace(items: number): Promise<void>
}

/** The search indexes of all institutions. */
export interface SearchService {
  open(tenant: { id: string; db: Database; passwordFile: string }): SearchIndex
  /**
   * Makes what an institution needs beside its database. Making it again changes nothing.
   *
   * @param whenNew is done where there was no index, before anybody can search in it: it may have been lost.
   */
  provision(tenant: { id: string; passwordFile: string }, whenNew: () => Promise<void>): Promise<void>
  /** Removes for good what an institution has beside its database. */
  remove(id: string): Promise<void>
}
