import {
  addressOf,
  type BrowsedName,
  type Browsing,
  browsingParameters,
  initials,
  type Listed,
} from '../../search/index.ts'
import { formatNumber } from '../format.ts'
import { document } from '../layout.tsx'
import { identifierAddress } from '../links.ts'
import type { PageContext } from '../page.ts'
import { Pager, wordsOf } from '../parts.tsx'

/** Path of the list of people or of subjects. */
export const listAddress = (facet: Listed) => (facet === 'creator' ? '/people' : '/subjects')

interface NamesPage {
  asked: Browsing
  found: {
    names: BrowsedName[]
    /** Those under which there is any name. */
    initials: string[]
    next?: Browsing['after']
  }
}

/** People or subjects in their order, under initials, each with the number of its items. */
export function renderNames(page: PageContext, { asked, found }: NamesPage): string {
  const words = wordsOf(page)
  const { facet, prefix, from, after } = asked
  const title = facet === 'creator' ? words.people : words.subjects
  const addressFor = (more: Partial<Browsing>) => {
    const parameters = browsingParameters({ prefix, ...more })
    return parameters.size > 0 ? `${listAddress(facet)}?${parameters}` : listAddress(facet)
  }
  const next = found.next && addressFor({ after: found.next })
  const isPart = prefix !== '' || from !== undefined || after !== undefined
  return document({
    page,
    title: prefix === '' ? title : `${title}${words.colon}${words.namesBeginningWith(prefix)}`,
    head: (
      <>
        {isPart && <meta name="robots" content="noindex, follow" />}
        {next && <link rel="next" href={next} />}
      </>
    ),
    children: (
      <div class="names-page">
        <h1>{title}</h1>
        <PrefixForm facet={facet} prefix={prefix} page={page} />
        {prefix === '' && <Initials facet={facet} known={found.initials} from={from} page={page} />}
        {prefix !== '' && (
          <p>
            {words.namesBeginningWith(prefix)} <a href={listAddress(facet)}>{words.showAll}</a>
          </p>
        )}
        {found.names.length === 0 ? (
          <Nobody prefix={prefix} page={page} />
        ) : (
          <div>
            {[...Map.groupBy(found.names, ({ initial }) => initial)].map(([initial, names]) => (
              <section class="initial">
                <h2>{initialName(initial, page)}</h2>
                <ul class="listed-names">
                  {names.map((name) => (
                    <Name facet={facet} name={name} page={page} />
                  ))}
                </ul>
              </section>
            ))}
          </div>
        )}
        <Pager first={from !== undefined || after ? addressFor({}) : undefined} next={next} page={page} />
      </div>
    ),
  })
}

function PrefixForm({ facet, prefix, page }: { facet: Listed; prefix: string; page: PageContext }) {
  const words = wordsOf(page)
  return (
    <search class="search prefix">
      <form action={listAddress(facet)}>
        <input
          name="prefix"
          type="search"
          value={prefix}
          maxlength={100}
          aria-label={words.namesBeginning}
          placeholder={words.namesBeginning}
        />
        <button type="submit">{words.narrowTo}</button>
      </form>
    </search>
  )
}

/** `#` stands for whatever is neither kana nor Latin. */
const initialName = (initial: string, page: PageContext) => {
  const words = wordsOf(page)
  return initial === '#' ? words.otherInitials : words.initialRow(initial)
}

interface InitialsProps {
  facet: Listed
  known: string[]
  from: string | undefined
  page: PageContext
}

/** Initials in the first row: those of kana. */
const KANA = 10

/** Where the list can be opened; initials without a name are there, so that the others stay in their places. */
function Initials({ facet, known, from, page }: InitialsProps) {
  if (known.length < 2) return null
  const label = (initial: string) => (initial === '#' ? wordsOf(page).otherInitials : initial)
  return (
    <nav class="initials" aria-label={wordsOf(page).initials}>
      {[initials.slice(0, KANA), initials.slice(KANA)].map((row) => (
        <ul>
          {row.map((initial) => (
            <li>
              {known.includes(initial) ? (
                <a
                  href={`${listAddress(facet)}?${browsingParameters({ prefix: '', from: initial })}`}
                  {...(initial === from && { 'aria-current': 'true' })}
                >
                  {label(initial)}
                </a>
              ) : (
                <span>{label(initial)}</span>
              )}
            </li>
          ))}
        </ul>
      ))}
    </nav>
  )
}

function Name({
  facet,
  name: { value, items, orcids },
  page,
}: {
  facet: Listed
  name: BrowsedName
  page: PageContext
}) {
  const words = wordsOf(page)
  return (
    <li>
      <span>
        <a href={addressOf({ words: '', chosen: { [facet]: [value] } })} dir="auto">
          {value}
        </a>
        {orcids.map((orcid) => (
          <>
            {' '}
            <a class="orcid" href={identifierAddress('ORCID', orcid)} aria-label={words.orcidOf(value)}>
              ORCID
            </a>
          </>
        ))}
      </span>{' '}
      <span class="facet-count">{formatNumber(items, page.language)}</span>
    </li>
  )
}

function Nobody({ prefix, page }: { prefix: string; page: PageContext }) {
  const words = wordsOf(page)
  if (prefix === '') return <p>{words.noNames}</p>
  return (
    <div class="nothing">
      <p>{words.noNamesBeginning(prefix)}</p>
      <p>
        <a href={addressOf({ words: prefix, chosen: {} })}>{words.searchInstead(prefix)}</a>
      </p>
    </div>
  )
}
