import type { Collection } from '../collections/index.ts'
import type { ItemSummary } from '../items/summary.ts'
import { CollectionList } from './collections/names.tsx'
import { formatNumber } from './format.ts'
import { document, SearchForm } from './layout.tsx'
import { describe, OwnText } from './own-text.tsx'
import type { PageContext } from './page.ts'
import { wordsOf } from './parts.tsx'
import { Summaries } from './summaries.tsx'

interface Home {
  /** Number of items that readers may find. */
  items: number
  /** Those that were published last, the newest first. */
  newest: ItemSummary[]
  /** The first at the top of the tree. */
  collections?: Collection[]
}

/** The institution's front page. */
export function renderHome(page: PageContext, { items, newest, collections = [] }: Home): string {
  const words = wordsOf(page)
  const { welcome } = page.institution
  return document({
    page,
    description: describe(welcome, page),
    query: null,
    children: (
      <>
        <div class="welcome">
          {welcome && <OwnText text={welcome} page={page} />}
          <SearchForm page={page} query="" class="search search-large" />
          <p class="quiet">{words.welcomeItems(formatNumber(items, page.language))}</p>
        </div>
        <section class="newest">
          <h2>{words.newItems}</h2>
          {newest.length === 0 ? (
            <p>{words.noItemsYet}</p>
          ) : (
            <>
              <Summaries items={newest} page={page} />
              <p>
                <a href="/search">{words.allItems}</a>
              </p>
            </>
          )}
        </section>
        {collections.length > 0 && (
          <section class="newest">
            <h2>{words.collections}</h2>
            <CollectionList collections={collections} page={page} />
            <p>
              <a href="/collections">{words.allCollections}</a>
            </p>
          </section>
        )}
      </>
    ),
  })
}
