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
      {collections.map((collection) => {
        const first = below?.get(collection.id) ?? []
        return (
          <li>
            <CollectionLink collection={collection} page={page} />
            <Counts collection={collection} itemsAlone={first.length > 0} page={page} />
            <Branch collection={collection} first={first} page={page} />
          </li>
        )
      })}
    </ul>
  )
}

/** The collections right in one: a few of them, and the way to all. A script puts all of them here. */
function Branch({ collection, first, page }: { collection: Collection; first: CollectionName[]; page: PageContext }) {
  if (first.length === 0) return null
  const words = wordsOf(page)
  const { id, collections } = collection
  return (
    <details class="branch" data-branch={collectionAddress(id)}>
      <summary>{words.openBranch(formatNumber(collections, page.language))}</summary>
      <ul class="below">
        {first.map((each) => (
          <li>
            <CollectionLink collection={each} page={page} />
          </li>
        ))}
        {collections > first.length && (
          <li>
            <a href={collectionAddress(id)}>{words.showAll}</a>
          </li>
        )}
      </ul>
    </details>
  )
}

interface CountsProps {
  collection: Collection
  /** Whether to speak of items alone: how many collections there are stands at the branch. */
  itemsAlone: boolean
  page: PageContext
}

function Counts({ collection: { items, collections }, itemsAlone, page }: CountsProps) {
  const words = wordsOf(page)
  return (
    <span class="counts">
      {collections > 0 && !itemsAlone && <span>{words.collectionCount(formatNumber(collections, page.language))}</span>}
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
