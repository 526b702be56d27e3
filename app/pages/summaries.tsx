import type { ItemSummary } from '../items/summary.ts'
import type { Text } from '../records/model.ts'
import type { Marker, SearchResult, Segment } from '../search/index.ts'
import { formatDate, formatNumber } from './format.ts'
import type { PageContext } from './page.ts'
import { Access, Run, wordsOf } from './parts.tsx'
import { langAttribute, preferred } from './text.ts'
import { Type } from './type.tsx'

interface SummariesProps {
  items: SearchResult[]
  /** Marks what was searched for. */
  marker?: Marker | undefined
  /** Whether to say when they were published here: where that is their order. */
  dated?: boolean | undefined
  page: PageContext
}

/** Items as a list: what a reader chooses by. */
export function Summaries({ items, marker, dated, page }: SummariesProps) {
  return (
    <ol class="summaries">
      {items.map((item) => (
        <li>
          <Summary item={item} marker={marker} dated={dated} page={page} />
        </li>
      ))}
    </ol>
  )
}

function Summary({ item, marker, dated, page }: { item: SearchResult } & Omit<SummariesProps, 'items'>) {
  const words = wordsOf(page)
  const title = preferred(item.titles, page.language)
  const source = preferred(item.sourceTitles, page.language)
  return (
    <article>
      <h3 class="work-title" dir="auto">
        <a href={`/items/${item.number}`}>
          {title ? <Marked text={title} marker={marker} page={page} /> : words.untitled}
        </a>
      </h3>
      <Creators item={item} page={page} />
      <p class="summary-facts">
        {source && (
          <span>
            <Run text={source} page={page} />
          </span>
        )}
        {item.year && <span class="figure">{item.year}</span>}
        <Type term={item.type} page={page} />
        <Access right={item.access} until={item.until} page={page} />
        {dated && <span class="figure">{words.publishedOn(formatDate(item.publicationDate, page.language))}</span>}
      </p>
      {item.snippet && (
        <p class="snippet" dir="auto">
          <Segments segments={item.snippet} />
        </p>
      )}
    </article>
  )
}

/** Items by title and creators alone. */
export function Titles({ items, page }: { items: ItemSummary[]; page: PageContext }) {
  return (
    <ol class="titles-only">
      {items.map((item) => {
        const title = preferred(item.titles, page.language)
        return (
          <li>
            <p class="work-title" dir="auto">
              <a href={`/items/${item.number}`}>{title ? <Run text={title} page={page} /> : wordsOf(page).untitled}</a>
            </p>
            <Creators item={item} page={page} />
          </li>
        )
      })}
    </ol>
  )
}

/** A run of text in which what was searched for is marked. */
function Marked({ text, marker, page }: { text: Text } & Pick<SummariesProps, 'marker' | 'page'>) {
  if (!marker) return <Run text={text} page={page} />
  const lang = langAttribute(text.lang, page.language)
  const segments = <Segments segments={marker.mark(text.value)} />
  return lang === undefined ? segments : <span lang={lang}>{segments}</span>
}

function Segments({ segments }: { segments: Segment[] }) {
  return <>{segments.map(({ text, hit }) => (hit ? <mark>{text}</mark> : text))}</>
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
