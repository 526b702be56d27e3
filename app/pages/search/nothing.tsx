import type { Child } from 'hono/jsx'
import { addressOf, type Change, type Found, type NameAlike, type Search, type Wider } from '../../search/index.ts'
import { formatNumber } from '../format.ts'
import type { PageContext } from '../page.ts'
import { wordsOf } from '../parts.tsx'
import { isNarrowed } from './chips.tsx'
import { FacetValue } from './value.tsx'

interface NothingProps {
  asked: Search
  wider: Wider[]
  names: NameAlike[]
  collections: Found['collections']
  page: PageContext
}

/** An empty result says what was searched, and what finds more. */
export function Nothing({ asked, wider, names, collections, page }: NothingProps) {
  const words = wordsOf(page)
  const narrowed = isNarrowed(asked)
  if (asked.words === '' && !narrowed) return <p>{words.noItemsYet}</p>
  return (
    <div class="nothing">
      <h2>{asked.words === '' ? words.foundNothingHere : words.foundNothing(asked.words)}</h2>
      {wider.length > 0 && (
        <section>
          <h3>{words.wider}</h3>
          <ul class="offers">
            {wider.map(({ search, total, changes }) => (
              <Offer address={addressOf(search)} items={total.value} atLeast={total.atLeast} page={page}>
                {changes.map((change) => inWords(change, search, page)).join(words.joinedBy)}
              </Offer>
            ))}
          </ul>
        </section>
      )}
      {names.length > 0 && (
        <section>
          <h3>{words.namesAlike}</h3>
          <ul class="offers">
            {names.map(({ facet, value, items }) => (
              <Offer address={addressOf({ words: '', chosen: { [facet]: [value] } })} items={items} page={page}>
                {words.facets[facet]}
                {words.colon}
                <FacetValue facet={facet} value={value} collections={collections} page={page} />
              </Offer>
            ))}
          </ul>
        </section>
      )}
      <ul class="bullets">
        {narrowed && wider.length === 0 && (
          <li>
            <a href={addressOf({ words: asked.words, chosen: {}, sort: asked.sort })}>{words.searchWithoutLimits}</a>
          </li>
        )}
        {asked.words !== '' && words.searchAdvice.map((advice) => <li>{advice}</li>)}
        <li>
          <a href="/search">{words.allItems}</a>
        </li>
      </ul>
    </div>
  )
}

function inWords(change: Change, { words: wording }: Search, page: PageContext): string {
  const words = wordsOf(page)
  switch (change.kind) {
    case 'word':
      return words.without(change.word)
    case 'facet':
      return words.withoutFacet(words.facets[change.facet])
    case 'dates':
      return words.withoutDates
    case 'limits':
      return words.withoutLimits
    case 'any':
      return words.anyOfThem
    case 'apart':
      return words.apart(wording)
  }
}

interface OfferProps {
  address: string
  items: number
  atLeast?: boolean
  page: PageContext
  children?: Child
}

/** Another search, and how many items it finds. */
function Offer({ address, items, atLeast = false, page, children }: OfferProps) {
  return (
    <li>
      <a href={address} rel="nofollow">
        {children}
      </a>{' '}
      <span class="facet-count">
        {wordsOf(page).found(formatNumber(items, page.language))}
        {atLeast && '+'}
      </span>
    </li>
  )
}
