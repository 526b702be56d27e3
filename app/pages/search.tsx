import type { ItemSummary } from '../items/summary.ts'
import { formatNumber } from './format.ts'
import { document, SearchForm } from './layout.tsx'
import type { PageContext } from './page.ts'
import { Pager, wordsOf } from './parts.tsx'
import { Summaries } from './summaries.tsx'

interface SearchResults {
  /** What was searched for; nothing finds everything. */
  query: string
  results: ItemSummary[]
  /** Items found; counting stops somewhere, and then there are more. */
  total: { value: number; atLeast: boolean }
  /** Path and query of the pages that can be gone to from here. */
  first?: string
  next?: string
}

/** What a search found. */
export function renderSearch(page: PageContext, { query, results, total, first, next }: SearchResults): string {
  const words = wordsOf(page)
  const title = query === '' ? words.allItems : words.searchResults(query)
  const count = formatNumber(total.value, page.language)
  return document({
    page,
    title,
    query: null,
    children: (
      <>
        <h1 class="page-title">{title}</h1>
        <SearchForm page={page} query={query} class="search search-large" />
        {results.length === 0 ? (
          <Nothing page={page} query={query} />
        ) : (
          <section class="results">
            <h2 class="count">{total.atLeast ? words.foundAtLeast(count) : words.found(count)}</h2>
            <Summaries items={results} page={page} />
            <Pager first={first} next={next} page={page} />
          </section>
        )}
      </>
    ),
  })
}

/** An empty result says what was searched, and what may find more. */
function Nothing({ page, query }: { page: PageContext; query: string }) {
  const words = wordsOf(page)
  if (query === '') return <p>{words.noItemsYet}</p>
  return (
    <section class="nothing">
      <h2>{words.foundNothing(query)}</h2>
      <ul class="bullets">
        {words.searchAdvice.map((advice) => (
          <li>{advice}</li>
        ))}
        <li>
          <a href="/search">{words.allItems}</a>
        </li>
      </ul>
    </section>
  )
}
