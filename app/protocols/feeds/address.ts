import { addressOf, type Search } from '../../search/index.ts'

/** Formats of a feed, by the ending of its address. */
export const feedTypes = { atom: 'application/atom+xml', rss: 'application/rss+xml' } as const
export type FeedFormat = keyof typeof feedTypes

/** What a feed is of: what a search finds (everything, if nothing is asked), or what lies in a collection. */
export type FeedSubject = { search: Search } | { collection: CollectionName }

interface CollectionName {
  id: number
  /** In the language of the feed. */
  name: string
}

/** What is looked for to make a feed. */
export const searchOf = (subject: FeedSubject): Search =>
  'search' in subject ? subject.search : { words: '', chosen: { collection: [String(subject.collection.id)] } }

/** Path and query of a feed. The newest come first in all of them. */
export function feedAddress(
  subject: FeedSubject,
  format: FeedFormat,
  more: { [name: string]: string | undefined } = {},
): string {
  if ('search' in subject)
    return addressOf({ ...subject.search, sort: undefined, size: undefined }, more, `/feed.${format}`)
  return addressOf({ words: '', chosen: {} }, more, `/collections/${subject.collection.id}/feed.${format}`)
}
