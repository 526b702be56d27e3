import type { Child } from 'hono/jsx'
import type { Collection } from '../collections/index.ts'
import type { ItemSummary } from '../items/summary.ts'
import { addressOf, type Outline } from '../search/index.ts'
import { listAddress } from './browse/names.tsx'
import { CollectionList } from './collections/names.tsx'
import { formatDate, formatNumber } from './format.ts'
import { document, SearchForm } from './layout.tsx'
import { describe, OwnText } from './own-text.tsx'
import type { PageContext } from './page.ts'
import { wordsOf } from './parts.tsx'
import { FacetValue } from './search/value.tsx'
import { Summaries, Titles } from './summaries.tsx'

interface Home {
  /** Number of items that readers may find. */
  items: number
  /** Those that were published last, the newest first. */
  newest: ItemSummary[]
  /** The first at the top of the tree. */
  collections?: Collection[]
  /** What is used most just now, the most used first. */
  mostRead?: ItemSummary[]
  outline?: Outline
}

/** Types and years that are named. */
const MOST_TYPES = 12
const MOST_YEARS = 10

/** The institution's front page. */
export function renderHome(page: PageContext, home: Home): string {
  const { items, newest, collections = [], mostRead = [], outline } = home
  const words = wordsOf(page)
  const { welcome } = page.institution
  return document({
    page,
    description: describe(welcome, page),
    query: null,
    children: (
      <>
        <div class="welcome">
          <SearchForm page={page} query="" class="search search-large" />
          <p class="quiet">{words.welcomeItems(formatNumber(items, page.language))}</p>
          {welcome && <OwnText text={welcome} page={page} />}
          {items > 0 && <Entries collections={collections.length > 0} page={page} />}
        </div>
        <div class="home">
          <section class="newest">
            <h2>{words.newItems}</h2>
            {newest.length === 0 ? (
              <p>{words.noItemsYet}</p>
            ) : (
              <>
                <Summaries items={newest} dated page={page} />
                <p>
                  <a href="/search">{words.allItems}</a>
                </p>
              </>
            )}
          </section>
          <div class="home-beside">
            {mostRead.length > 0 && (
              <section>
                <h2>{words.mostRead}</h2>
                <Titles items={mostRead} page={page} />
              </section>
            )}
            {collections.length > 0 && (
              <section>
                <h2>{words.collections}</h2>
                <CollectionList collections={collections} page={page} />
                <p>
                  <a href="/collections">{words.allCollections}</a>
                </p>
              </section>
            )}
            {outline && outline.types.length > 0 && <Ways outline={outline} page={page} />}
          </div>
        </div>
      </>
    ),
  })
}

/** Lists that lead to everything. */
function Entries({ collections, page }: { collections: boolean; page: PageContext }) {
  const words = wordsOf(page)
  return (
    <nav aria-label={words.browse}>
      <ul class="entries">
        <li>
          <a href={listAddress('creator')}>{words.allPeople}</a>
        </li>
        <li>
          <a href={listAddress('subject')}>{words.allSubjects}</a>
        </li>
        {collections && (
          <li>
            <a href="/collections">{words.collections}</a>
          </li>
        )}
      </ul>
    </nav>
  )
}

/** Types and years, for who does not know a word to search for. */
function Ways({ outline: { types, years }, page }: { outline: Outline; page: PageContext }) {
  const words = wordsOf(page)
  return (
    <section class="ways">
      <h2>{words.browse}</h2>
      <Way title={words.types}>
        {types.slice(0, MOST_TYPES).map((type) => (
          <li>
            <a href={addressOf({ words: '', chosen: { type: [type] } })}>
              <FacetValue facet="type" value={type} collections={new Map()} page={page} />
            </a>
          </li>
        ))}
      </Way>
      {years.length > 0 && (
        <Way title={words.issued}>
          {years.slice(0, MOST_YEARS).map((year) => (
            <li>
              <a href={addressOf({ words: '', chosen: {}, from: year, to: year })}>{formatDate(year, page.language)}</a>
            </li>
          ))}
        </Way>
      )}
    </section>
  )
}

function Way({ title, children }: { title: string; children: Child }) {
  return (
    <div>
      <h3>{title}</h3>
      <ul>{children}</ul>
    </div>
  )
}
