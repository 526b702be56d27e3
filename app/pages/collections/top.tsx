import type { Collection } from '../../collections/index.ts'
import { document } from '../layout.tsx'
import type { PageContext } from '../page.ts'
import { Pager, wordsOf } from '../parts.tsx'
import { CollectionList } from './names.tsx'

interface Top {
  collections: Collection[]
  /** Path and query of the pages that can be gone to from here. */
  first?: string | undefined
  next?: string | undefined
}

/** The collections at the top of the tree. */
export function renderTop(page: PageContext, { collections, first, next }: Top): string {
  const words = wordsOf(page)
  return document({
    page,
    title: words.collections,
    children: (
      <div class="collection">
        <h1>{words.collections}</h1>
        {collections.length === 0 ? (
          <p>{words.noCollectionsYet}</p>
        ) : (
          <CollectionList collections={collections} page={page} />
        )}
        <Pager first={first} next={next} page={page} />
      </div>
    ),
  })
}
