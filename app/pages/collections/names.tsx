import type { Collection, CollectionName } from '../../collections/index.ts'
import { formatNumber } from '../format.ts'
import { localized, type PageContext } from '../page.ts'
import { Run, wordsOf } from '../parts.tsx'

export const collectionAddress = (id: number) => `/collections/${id}`

function CollectionLink({ collection: { id, name }, page }: { collection: CollectionName; page: PageContext }) {
  return (
    <a href={collectionAddress(id)}>
      <Run text={localized(name, page.language)} page={page} />
    </a>
  )
}

interface CollectionListProps {
  collections: Collection[]
  /** The first collections right in each. */
  below?: ReadonlyMap<number, CollectionName[]> | undefined
  page: PageContext
}

/** Collections beside each other, with how much is right in each. */
export function CollectionList({ collections, below, page }: CollectionListProps) {
  return (
    <ul class="collections">
      {collections.map((collection) => (
        <li>
          <CollectionLink collection={collection} page={page} />
          <Counts collection={collection} page={page} />
          <Below first={below?.get(collection.id) ?? []} count={collection.collections} page={page} />
        </li>
      ))}
    </ul>
  )
}

function Below({ first, count, page }: { first: CollectionName[]; count: number; page: PageContext }) {
  if (first.length === 0) return null
  return (
    <ul class="below">
      {first.map((collection) => (
        <li>
          <CollectionLink collection={collection} page={page} />
        </li>
      ))}
      {count > first.length && <li>…</li>}
    </ul>
  )
}

function Counts({ collection: { items, collections }, page }: { collection: Collection; page: PageContext }) {
  const words = wordsOf(page)
  return (
    <span class="counts">
      {collections > 0 && <span>{words.collectionCount(formatNumber(collections, page.language))}</span>}
      {(items > 0 || collections === 0) && <span>{words.found(formatNumber(items, page.language))}</span>}
    </span>
  )
}

/** The way from the top to a collection, each step a link. */
export function Path({ path, page }: { path: CollectionName[]; page: PageContext }) {
  return (
    <ol class="path">
      {path.map((collection) => (
        <li>
          <CollectionLink collection={collection} page={page} />
        </li>
      ))}
    </ol>
  )
}
