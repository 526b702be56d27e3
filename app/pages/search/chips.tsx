import { addressOf, type Found, facets, type Search } from '../../search/index.ts'
import { formatDate } from '../format.ts'
import type { PageContext } from '../page.ts'
import { wordsOf } from '../parts.tsx'
import { FacetValue } from './value.tsx'

/** Whether a search is limited by more than its words. */
export const isNarrowed = ({ chosen, from, to }: Search): boolean =>
  Object.keys(chosen).length > 0 || from !== undefined || to !== undefined

/** The same search with a value of a facet chosen, or not any more. */
export function toggled(asked: Search, facet: (typeof facets)[number], value: string): Search {
  const { [facet]: before = [], ...others } = asked.chosen
  const values = before.includes(value) ? before.filter((other) => other !== value) : [...before, value]
  return { ...asked, chosen: values.length > 0 ? { ...others, [facet]: values } : others }
}

/** What a search is limited to, each with a way to go without. */
export function Chips({ asked, found, page }: { asked: Search; found: Found; page: PageContext }) {
  if (!isNarrowed(asked)) return null
  const words = wordsOf(page)
  const { from, to, chosen } = asked
  const dated = from !== undefined || to !== undefined
  const several = Object.values(chosen).flat().length + Number(dated) > 1
  return (
    <ul class="chips" aria-label={words.narrowedTo}>
      {facets.flatMap((facet) =>
        (chosen[facet] ?? []).map((value) => (
          <li>
            <a class="chip" href={addressOf(toggled(asked, facet, value))} rel="nofollow">
              <span class="chip-facet">{words.facets[facet]}</span>{' '}
              <FacetValue facet={facet} value={value} collections={found.collections} page={page} />
              <Remove page={page} />
            </a>
          </li>
        )),
      )}
      {dated && (
        <li>
          <a class="chip" href={addressOf({ ...asked, from: undefined, to: undefined })} rel="nofollow">
            <span class="chip-facet">{words.issued}</span>{' '}
            {`${formatDate(from ?? '', page.language)} – ${formatDate(to ?? '', page.language)}`.trim()}
            <Remove page={page} />
          </a>
        </li>
      )}
      {several && (
        <li>
          <a
            class="remove-all"
            href={addressOf({ ...asked, chosen: {}, from: undefined, to: undefined })}
            rel="nofollow"
          >
            {words.removeAll}
          </a>
        </li>
      )}
    </ul>
  )
}

function Remove({ page }: { page: PageContext }) {
  return (
    <>
      {' '}
      <span aria-hidden="true" class="remove">
        ×
      </span>
      <span class="unseen">{wordsOf(page).remove}</span>
    </>
  )
}
