import { addressOf, type Found, markerFor, type Search, type Sort, sorts } from '../../search/index.ts'
import { FeedLinks } from '../feed-links.tsx'
import { formatNumber } from '../format.ts'
import { document, SearchForm } from '../layout.tsx'
import type { PageContext } from '../page.ts'
import { Pager, wordsOf } from '../parts.tsx'
import { Summaries } from '../summaries.tsx'
import { Chips, isNarrowed } from './chips.tsx'
import { Facets } from './facets.tsx'

export interface SearchResults {
  asked: Search
  found: Found
  /** Path and query of the next page. */
  next?: string | undefined
  /** Whether this is not the first page. */
  later: boolean
}

/** What a search found. */
export function renderSearch(page: PageContext, { asked, found, next, later }: SearchResults): string {
  const words = wordsOf(page)
  const title = asked.words === '' ? words.allItems : words.searchResults(asked.words)
  const nothing = found.results.length === 0 && !later
  return document({
    page,
    title,
    query: null,
    head: <FeedLinks subject={{ search: asked }} title={title} page={page} />,
    children: (
      <>
        <h1 class="page-title">{title}</h1>
        <SearchForm page={page} query={asked.words} class="search search-large" />
        <div class="search-columns">
          <section class="results">
            <Chips asked={asked} found={found} page={page} />
            {nothing ? <Nothing asked={asked} page={page} /> : <Results {...{ page, asked, found, next, later }} />}
          </section>
          <Facets asked={asked} found={found} page={page} />
        </div>
      </>
    ),
  })
}

function Results({ page, asked, found, next, later }: SearchResults & { page: PageContext }) {
  const words = wordsOf(page)
  const { results, total } = found
  const count = formatNumber(total.value, page.language)
  return (
    <>
      <div class="results-head">
        <h2 class="count">{total.atLeast ? words.foundMoreThan(count) : words.found(count)}</h2>
        <a class="to-facets" href="#narrow">
          {words.narrow}
        </a>
        <Orders asked={asked} sort={found.sort} page={page} />
      </div>
      <Summaries items={results} marker={asked.words === '' ? undefined : markerFor(asked.words)} page={page} />
      <Pager first={later ? addressOf(asked) : undefined} next={next} page={page} />
    </>
  )
}

function Orders({ asked, sort, page }: { asked: Search; sort: Sort; page: PageContext }) {
  const words = wordsOf(page)
  const offered = sorts.filter((each) => each !== 'relevance' || asked.words !== '')
  return (
    <nav class="orders" aria-label={words.order}>
      <ul>
        {offered.map((each) => (
          <li>
            {each === sort ? (
              <span aria-current="true">{words.orders[each]}</span>
            ) : (
              <a href={addressOf({ ...asked, sort: each })} rel="nofollow">
                {words.orders[each]}
              </a>
            )}
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** An empty result says what was searched, and what may find more. */
function Nothing({ asked, page }: { asked: Search; page: PageContext }) {
  const words = wordsOf(page)
  const narrowed = isNarrowed(asked)
  if (asked.words === '' && !narrowed) return <p>{words.noItemsYet}</p>
  return (
    <div class="nothing">
      <h2>{asked.words === '' ? words.foundNothingHere : words.foundNothing(asked.words)}</h2>
      <ul class="bullets">
        {narrowed && (
          <li>
            <a href={addressOf({ words: asked.words, chosen: {}, sort: asked.sort })}>{words.searchWithoutLimits}</a>
          </li>
        )}
        {asked.words !== '' && words.searchAdvice.map((advice) => <li>{advice}</li>)}
        <li>
          <a href="/search">{words.allItems}</a>
        </li>
      </ul>
    </div>
  )
}
