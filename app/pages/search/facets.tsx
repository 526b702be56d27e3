import type { Child } from 'hono/jsx'
import { addressOf, type Facet, type Found, facets, type Search } from '../../search/index.ts'
import { formatNumber } from '../format.ts'
import type { PageContext } from '../page.ts'
import { wordsOf } from '../parts.tsx'
import { toggled } from './chips.tsx'
import { FacetValue } from './value.tsx'
import { Years } from './years.tsx'

interface FacetsProps {
  asked: Search
  found: Found
  page: PageContext
}

/** Values that are shown before the fold. */
const SHOWN = 6

/** Whether what was found can be narrowed at all. */
const canNarrow = ({ counts }: Found): boolean =>
  counts !== undefined && facets.some((facet) => counts[facet].values.length > 0)

/** What opens the facets where there is no room beside the results: a sheet, or a way down in older browsers. */
export function ToFacets({ found, page }: { found: Found; page: PageContext }) {
  if (!canNarrow(found)) return null
  const { narrow } = wordsOf(page)
  return (
    <>
      <button type="button" class="open-facets" popovertarget="narrow">
        {narrow}
      </button>
      <a class="to-facets" href="#narrow">
        {narrow}
      </a>
    </>
  )
}

/** What a search can be narrowed to, with the number of items each time. */
export function Facets({ asked, found, page }: FacetsProps) {
  const words = wordsOf(page)
  const { counts } = found
  const dated = asked.from !== undefined || asked.to !== undefined || (counts?.year.values.length ?? 0) > 0
  if (!counts || !(canNarrow(found) || dated)) return null
  return (
    <aside class="facets" id="narrow" popover="auto" aria-label={words.narrow}>
      <div class="facets-head">
        <h2>{words.narrow}</h2>
        <button type="button" popovertarget="narrow" popovertargetaction="hide">
          {words.closeSheet}
        </button>
      </div>
      {facets.map((facet) => {
        if (facet === 'year') return dated && <Years asked={asked} counts={counts.year} page={page} />
        return counts[facet].values.length > 0 && <FacetGroup facet={facet} asked={asked} found={found} page={page} />
      })}
    </aside>
  )
}

function FacetGroup({ facet, asked, found, page }: FacetsProps & { facet: Facet }) {
  const words = wordsOf(page)
  const chosen = asked.chosen[facet] ?? []
  const { values = [], atLeast = false } = found.counts?.[facet] ?? {}
  const entry = ({ value, count }: { value: string; count: number }): Child => (
    <li>
      <a
        href={addressOf(toggled(asked, facet, value))}
        rel="nofollow"
        {...(chosen.includes(value) && { 'aria-current': 'true' })}
      >
        <span>
          <FacetValue facet={facet} value={value} collections={found.collections} page={page} />
        </span>{' '}
        <span class="facet-count">
          {formatNumber(count, page.language)}
          {atLeast && '+'}
        </span>
      </a>
    </li>
  )
  // What is chosen is never folded away, and nothing is where its fold would take as much room.
  const most = values.length === SHOWN + 1 ? values.length : SHOWN
  const first = values.filter(({ value }, i) => i < most || chosen.includes(value))
  const rest = values.filter((each) => !first.includes(each))
  return (
    <section class="facet">
      <h3>{words.facets[facet]}</h3>
      <ul>{first.map(entry)}</ul>
      {rest.length > 0 && (
        <details>
          <summary>{words.moreValues(formatNumber(rest.length, page.language))}</summary>
          <ul>{rest.map(entry)}</ul>
        </details>
      )}
    </section>
  )
}
