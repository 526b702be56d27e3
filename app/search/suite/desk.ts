import { expect } from 'vitest'
import type { Position, SearchDocument, SearchIndex, SearchQuery } from '../port.ts'

type Changes = Partial<Omit<SearchDocument, 'fields' | 'facets'>> & {
  fields?: Partial<SearchDocument['fields']>
  facets?: Partial<SearchDocument['facets']>
}

/** A document that says little but what a test is about. */
export const document = (
  item: number,
  title: string | string[],
  { fields, facets, ...more }: Changes = {},
): SearchDocument => ({
  item,
  revision: 1,
  status: 'public',
  publicationDate: '2026-01-01',
  summary: {
    number: item,
    titles: [{ value: [title].flat()[0] ?? '' }],
    creators: [],
    creatorCount: 0,
    sourceTitles: [],
    type: 'journal article',
    access: 'open access',
    publicationDate: '2026-01-01',
  },
  titleReading: [title].flat()[0] ?? '',
  fields: { title: [title].flat(), creator: [], subject: [], publisher: [], source: [], other: [], ...fields },
  abstract: '',
  facets: { type: [], year: [], language: [], access: [], collection: [], subject: [], creator: [], ...facets },
  creators: [],
  files: [],
  ...more,
})
export const noText = async (file: string): Promise<string> => {
  throw new Error(`nothing to read in ${file}`)
}
/** What a suite does with an index. */
export type Desk = ReturnType<typeof deskAt>

/** @param open gives an empty index each time. */
export function deskAt(open: () => Promise<SearchIndex>) {
  /** An index that holds these documents. */
  const filled = async (documents: SearchDocument[], texts?: { [file: string]: string }) => {
    const index = await open()
    await index.put(documents, texts ? async (file) => texts[file] ?? '' : noText)
    return index
  }
  const query = (words: string, more: Partial<SearchQuery> = {}): SearchQuery => ({
    words,
    statuses: ['public'],
    size: 100,
    ...more,
  })
  const find = async (index: SearchIndex, words: string, more: Partial<SearchQuery> = {}) => {
    const { results, total } = await index.search(query(words, more))
    // Whatever is asked for, what is counted is what is found.
    if (results.length < 100) expect(total).toEqual({ value: results.length, atLeast: false })
    return results.map(({ number }) => number)
  }
  /** All results, page by page. */
  const walk = async (index: SearchIndex, words: string, more: Partial<SearchQuery>) => {
    const seen: number[] = []
    let after: Position | undefined
    for (let pages = 0; pages < 100; pages++) {
      const page = await index.search(query(words, { ...more, after }))
      seen.push(...page.results.map(({ number }) => number))
      after = page.next
      if (!after) return seen
      expect(page.results).toHaveLength(more.size ?? 100)
    }
    throw new Error('there is no end to the pages')
  }
  return { open, filled, query, find, walk }
}
