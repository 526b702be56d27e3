import type { ItemSummary } from '../items/summary.ts'
import { formatDate, formatNumber } from './format.ts'
import type { PageContext } from './page.ts'
import { Access, Run, wordsOf } from './parts.tsx'
import { preferred } from './text.ts'

/** Items as a list: what a reader chooses by. */
export function Summaries({ items, page }: { items: ItemSummary[]; page: PageContext }) {
  return (
    <ol class="summaries">
      {items.map((item) => (
        <li>
          <Summary item={item} page={page} />
        </li>
      ))}
    </ol>
  )
}

function Summary({ item, page }: { item: ItemSummary; page: PageContext }) {
  const words = wordsOf(page)
  const title = preferred(item.titles, page.language)
  const source = preferred(item.sourceTitles, page.language)
  return (
    <article>
      <h3 class="work-title" dir="auto">
        <a href={`/items/${item.number}`}>{title ? <Run text={title} page={page} /> : words.untitled}</a>
      </h3>
      <Creators item={item} page={page} />
      <p class="summary-facts">
        {source && (
          <span>
            <Run text={source} page={page} />
          </span>
        )}
        {item.year && <span class="figure">{item.year}</span>}
        <span>{words.terms.resourceTypes[item.type]}</span>
        <Access right={item.access} until={item.until} page={page} />
        <span class="figure">{words.publishedOn(formatDate(item.publicationDate, page.language))}</span>
      </p>
    </article>
  )
}

/** The first creators of an item, and how many others there are. */
export function Creators({ item, page }: { item: ItemSummary; page: PageContext }) {
  const names = item.creators.flatMap((creator) => preferred(creator, page.language) ?? [])
  const others = item.creatorCount - item.creators.length
  if (names.length === 0) return null
  return (
    <p class="summary-creators">
      {names.map((name, index) => (
        <>
          {index > 0 && '; '}
          <Run text={name} page={page} />
        </>
      ))}
      {others > 0 && <> {wordsOf(page).andOthers(formatNumber(others, page.language))}</>}
    </p>
  )
}
