import type { Database } from '../../platform/database/index.ts'
import type { SearchIndex, SearchPage, SearchQuery, SearchResult, SearchService } from '../port.ts'
import { parseQuery, type Query, wordsIn } from '../query.ts'
import { markerFor } from '../snippet.ts'
import { findAlike } from './alike.ts'
import { countFacets, countFound } from './counts.ts'
import { type Match, matchOf } from './match.ts'
import { findInitials, findNames } from './names.ts'
import { type FoundRow, findPage, findTexts } from './page.ts'
import { put } from './put.ts'
import { tsquery } from './terms.ts'

/** Search indexes as tables of institutions' own databases: made and removed with these. */
export const postgresqlSearch: SearchService = { open: searchIn, provision: async () => {}, remove: async () => {} }

function searchIn({ db }: { db: Database }): SearchIndex {
  return {
    put: (documents, read) => put(db, documents, read),

    async search(request) {
      const { words, size } = request
      const typed = words.trim() !== ''
      const query = parseQuery(words)
      const sort = request.sort ?? (typed ? 'relevance' : 'published')
      // Words were typed, but nothing that could be looked for: signs alone find nothing.
      if (typed && !query) request = { ...request, statuses: [] }
      const match = matchOf(query)
      const [rows, counted] = await Promise.all([
        findPage(db, { ...request, sort }, query, match),
        countsOf(db, request, match),
      ])
      const shown = rows.slice(0, size)
      const last = shown.at(-1)
      return {
        total: { value: shown.length, atLeast: rows.length > size || request.after !== undefined },
        ...counted,
        results: request.bare ? shown.map(({ summary }) => summary) : await withSnippets(db, shown, request, query),
        ...(rows.length > size &&
          last && { next: { key: last.key, item: last.item, ...(sort === 'relevance' && { tier: last.tier }) } }),
      }
    },

    names: (query) => findNames(db, query),
    initials: (query) => findInitials(db, query),
    alike: (query) => findAlike(db, query),
    // Migrations see to its form.
    lookAfter: async () => ({ outdated: false }),
    // Each document is written over the one before.
    rebuild: async () => ({ put: (documents, read) => put(db, documents, read), takePlace: async () => {} }),
  }
}

/** What is counted of what a query finds, beside the page itself. */
async function countsOf(db: Database, query: SearchQuery, match: Match): Promise<Partial<SearchPage>> {
  if (query.counts) return await countFacets(db, query, match)
  return query.bare ? {} : { total: await countFound(db, query, match) }
}

/** Results with a part of the abstract in which the words stand, or of a file where they do not stand there. */
async function withSnippets(
  db: Database,
  rows: FoundRow[],
  { words }: SearchQuery,
  query: Query | undefined,
): Promise<SearchResult[]> {
  const sought = wordsIn(query)
  if (sought.length === 0) return rows.map(({ summary }) => summary)
  const marker = markerFor(words)
  const snippets = new Map<number, Pick<SearchResult, 'snippet' | 'file'>>()
  const note = (item: number, text: string, file: string | null) => {
    const snippet = marker.snippet(text)
    if (snippet) snippets.set(item, { snippet, ...(file !== null && { file }) })
  }
  for (const { item, abstract } of rows) note(item, abstract, null)
  const lacking = rows.flatMap(({ item }) => (snippets.has(item) ? [] : [item]))
  const anywhere = tsquery({ kind: 'any', parts: sought.map((text) => ({ kind: 'word', text, not: false })) })
  for (const [item, { text, file }] of lacking.length > 0 ? await findTexts(db, lacking, anywhere) : [])
    note(item, text, file)
  return rows.map(({ item, summary }) => ({ ...summary, ...snippets.get(item) }))
}
