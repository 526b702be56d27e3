import { addressOf, type Found, markerFor, type NameAlike, type Search, type Wider } from '../../search/index.ts'
import { FeedLinks } from '../feed-links.tsx'
import { formatNumber } from '../format.ts'
import { document, SearchForm } from '../layout.tsx'
import type { PageContext } from '../page.ts'
import { Pager, wordsOf } from '../parts.tsx'
import { Summaries } from '../summaries.tsx'
import { Along } from './along.tsx'
import { Chips, isNarrowed } from './chips.tsx'
import { Facets, ToFacets } from './facets.tsx'
import { Nothing } from './nothing.tsx'
import { Orders, Sizes } from './views.tsx'

export interface SearchResults {
  asked: Search
  found: Found
  /** Path and query of the next page. */
  next?: string | undefined
  /** Whether this is not the first page. */
  later: boolean
  /** Where nothing is found: what would find something, and people and subjects by such a name. */
  wider?: Wider[]
  names?: NameAlike[]
}

/** What a search found. */
export function renderSearch(page: PageContext, results: SearchResults): string {
  const { asked, found, next, later, wider = [], names = [] } = results
  const words = wordsOf(page)
  const title = titleOf(asked, page)
  const nothing = found.results.length === 0 && !later
  return document({
    page,
    title,
    query: null,
    scripts: ['search'],
    head: (
      <>
        {/* Of searches there is no end; what they find has addresses of its own. */}
        {(addressOf(asked) !== '/search' || later) && <meta name="robots" content="noindex, follow" />}
        {next !== undefined && <link rel="next" href={next} />}
        <FeedLinks subject={{ search: asked }} title={title} page={page} />
      </>
    ),
    children: (
      <>
        <a class="skip" href="#results">
          {words.skipToResults}
        </a>
        <h1 class="page-title">{title}</h1>
        <SearchForm page={page} query={asked.words} class="search search-large" />
        <div class="search-columns">
          <section class="results" id="results" tabindex={-1} aria-label={words.results}>
            <Chips asked={asked} found={found} page={page} />
            {nothing ? (
              <Nothing asked={asked} wider={wider} names={names} collections={found.collections} page={page} />
            ) : (
              <List results={results} page={page} />
            )}
          </section>
          <Facets asked={asked} found={found} page={page} />
        </div>
      </>
    ),
  })
}

function titleOf(asked: Search, page: PageContext): string {
  const words = wordsOf(page)
  if (asked.words !== '') return words.searchResults(asked.words)
  return isNarrowed(asked) ? words.results : words.allItems
}

function List({ results: { asked, found, next, later }, page }: { results: SearchResults; page: PageContext }) {
  const words = wordsOf(page)
  const { results, total } = found
  const count = formatNumber(total.value, page.language)
  return (
    <>
      <div class="results-head">
        <h2 class="count">{total.atLeast ? words.foundMoreThan(count) : words.found(count)}</h2>
        <ToFacets found={found} page={page} />
        <Orders asked={asked} sort={found.sort} page={page} />
      </div>
      <Summaries
        items={results}
        marker={asked.words === '' ? undefined : markerFor(asked.words)}
        dated={found.sort === 'published'}
        page={page}
      />
      <div class="results-foot">
        <Pager first={later ? addressOf(asked) : undefined} next={next} page={page} />
        <Sizes asked={asked} total={total} page={page} />
      </div>
      <Along asked={asked} page={page} />
    </>
  )
}
