import type { Collection, CollectionInDetail, CollectionName, Issue, Member } from '../../collections/index.ts'
import { FeedLinks } from '../feed-links.tsx'
import { formatNumber } from '../format.ts'
import { document } from '../layout.tsx'
import { localized, type PageContext } from '../page.ts'
import { Pager, Run, wordsOf } from '../parts.tsx'
import { Summaries } from '../summaries.tsx'
import { Contents, Issues } from './contents.tsx'
import { CollectionList, collectionAddress, Path } from './names.tsx'

/** A part of what lies in a collection. */
interface Part<T> {
  entries: T[]
  /** Path and query of where it begins, if this is not the beginning. */
  first?: string | undefined
  next?: string | undefined
}

interface Members extends Part<Member> {
  /** In contents, the volume and issue that began on the page before. */
  issueBefore?: string | undefined
  /** All of contents that do not fit on one page. */
  issues?: Issue[] | undefined
}

interface Level extends Part<Collection> {
  /** The first collections right in each. */
  below?: ReadonlyMap<number, CollectionName[]>
}

interface CollectionPage {
  collection: CollectionInDetail
  /** Nothing on a page that goes on with the items. */
  collections?: Level | undefined
  /** Nothing on a page that goes on with the collections. */
  members?: Members | undefined
}

/** The page of a collection: where it lies, the collections in it, its items as a list or as a bulletin's contents. */
export function renderCollection(page: PageContext, { collection, collections, members }: CollectionPage): string {
  const words = wordsOf(page)
  const name = localized(collection.name, page.language)
  return document({
    page,
    title: name.value,
    scripts: ['collections'],
    head: (
      <FeedLinks subject={{ collection: { id: collection.id, name: name.value } }} title={name.value} page={page} />
    ),
    children: (
      <div class="collection">
        <div>
          <nav aria-label={words.breadcrumb} class="breadcrumb">
            <a href="/collections">{words.collections}</a>
            <Path path={collection.above} page={page} />
          </nav>
          <h1>
            <Run text={name} page={page} />
          </h1>
        </div>
        {collections && collections.entries.length > 0 && (
          <section>
            <h2>{words.collectionsBelow}</h2>
            <CollectionList collections={collections.entries} below={collections.below} page={page} />
            <Pager first={collections.first} next={collections.next} page={page} />
          </section>
        )}
        {members && <Items collection={collection} members={members} page={page} />}
      </div>
    ),
  })
}

interface ItemsProps {
  collection: CollectionInDetail
  members: Members
  page: PageContext
}

function Items({ collection, members, page }: ItemsProps) {
  const words = wordsOf(page)
  // A branch that only holds others has nothing to say of items.
  if (collection.items === 0) return collection.collections > 0 ? null : <p>{words.noItemsYet}</p>
  return (
    <section>
      <h2>
        {collection.kind === 'contents' ? words.contents : words.items}
        <span class="count">{words.found(formatNumber(collection.items, page.language))}</span>
      </h2>
      {members.issues && <Issues issues={members.issues} collection={collection} page={page} />}
      {collection.kind === 'contents' ? (
        <Contents members={members.entries} issueBefore={members.issueBefore} page={page} />
      ) : (
        <Summaries items={members.entries.map(({ summary }) => summary)} page={page} />
      )}
      <Pager first={members.first && collectionAddress(collection.id)} next={members.next} page={page} />
    </section>
  )
}
