import type { Collection, CollectionName } from '../../collections/index.ts'
import { document } from '../layout.tsx'
import type { PageContext } from '../page.ts'
import { Pager, wordsOf } from '../parts.tsx'
import { CollectionList } from './names.tsx'

interface Top {
  collections: Collection[]
  /** The first collections right in each. */
  below: ReadonlyMap<number, CollectionName[]>
  /** Path and query of the pages that can be gone to from here. */
  first?: string | undefined
  next?: string | undefined
}

/** The collections at the top of the tree. */
export function renderTop(page: PageContext, { collections, below, first, next }: Top): string {
  const words = wordsOf(page)
  return document({
    page,
    title: words.collections,
    scripts: ['collections'],
    children: (
      <div class="collection">
        <h1>{words.collections}</h1>
        {collections.length === 0 ? (
          <p>{words.noCollectionsYet}</p>
        ) : (
          <CollectionList collections={collections} below={below} page={page} />
        )}
        <Pager first={first} next={next} page={page} />
      </div>
    ),
  })
}
