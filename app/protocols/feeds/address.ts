import { addressOf, type Search } from '../../search/index.ts'

/** Formats of a feed, by the ending of its address. */
export const feedTypes = { atom: 'application/atom+xml', rss: 'application/rss+xml' } as const
export type FeedFormat = keyof typeof feedTypes

/** What a feed is of: what a search finds, or what lies in a collection. */
export interface FeedSubject {
  search: Search
  collection?: { id: number; name: string } | undefined
}

/** Path and query of a feed. The newest come first in all of them. */
export function feedAddress(
  { search, collection }: FeedSubject,
  format: FeedFormat,
  more: { [name: string]: string | undefined } = {},
): string {
  if (!collection) return addressOf({ ...search, sort: undefined }, more, `/feed.${format}`)
  return addressOf({ words: '', chosen: {} }, more, `/collections/${collection.id}/feed.${format}`)
}
