import type { Child } from 'hono/jsx'
import type { Text } from '../records/model.ts'
import type { AccessRight } from '../records/vocabularies.ts'
import { formatDate } from './format.ts'
import { type Messages, messages } from './languages/index.ts'
import type { Scheme } from './languages/terms.ts'
import { identifierAddress, webAddress } from './links.ts'
import type { PageContext } from './page.ts'
import { arrange, langAttribute } from './text.ts'

/** Small pieces that all pages are made of. */

export const wordsOf = (page: PageContext): Messages => messages[page.language]

/**
 * A run of text from a record, marked with its language where that is not the page's. Whatever direction it is written
 * in, what stands beside it keeps its own.
 */
export function Run({ text, page }: { text: Pick<Text, 'value' | 'lang'>; page: PageContext }) {
  return <bdi lang={langAttribute(text.lang, page.language)}>{text.value}</bdi>
}

/** A link if the address is one of the web, else the same as plain text. */
export function WebLink({ href, children }: { href: string | undefined; children?: Child }) {
  const address = webAddress(href)
  return address === undefined ? children : <a href={address}>{children}</a>
}

/** A date of a record in words, and as machines read it where it is one day, month or year. */
export function Day({ value, page }: { value: string; page: PageContext }) {
  const words = formatDate(value, page.language)
  return words !== value && /^\d{4}(-\d{2}){0,2}$/.test(value) ? <time datetime={value}>{words}</time> : words
}

/** How readers know a scheme of identifiers. */
export const schemeName = (scheme: Scheme, page: PageContext) => wordsOf(page).terms.schemes[scheme] ?? scheme

interface IdentifierProps {
  scheme: Scheme | undefined
  value: string
  /** The address that the record gives with it. */
  uri?: string | undefined
  page: PageContext
}

/** An identifier with the name of its scheme, linked where it leads somewhere. */
export function Identifier({ scheme, value, uri, page }: IdentifierProps) {
  return (
    <span class="identifier">
      {scheme && <span class="scheme">{schemeName(scheme, page)}</span>}{' '}
      <WebLink href={identifierAddress(scheme, value, uri)}>{value}</WebLink>
    </span>
  )
}

/** The values of a fact from texts: those for this reader, then those in other languages, quietly. */
export function texts<T extends Text>(all: readonly T[], page: PageContext, show?: (text: T) => Child): Child[] {
  const { chosen, others, readings } = arrange(all, page.language)
  const draw = show ?? ((text: T) => <Run text={text} page={page} />)
  return [...chosen.map(draw), ...[...others, ...readings].map((text) => <span class="other">{draw(text)}</span>)]
}

interface PagerProps {
  /** Path and query of where the list begins, if this is not the beginning, and of where it goes on. */
  first?: string | undefined
  next?: string | undefined
  page: PageContext
}

/** The ways from one page of a list to others. */
export function Pager({ first, next, page }: PagerProps) {
  if (first === undefined && next === undefined) return null
  const words = wordsOf(page)
  return (
    <p class="pager">
      {first !== undefined && <a href={first}>{words.firstPage}</a>}
      {next !== undefined && (
        <a href={next} rel="next">
          {words.nextPage}
        </a>
      )}
    </p>
  )
}

export interface Fact {
  label: string
  values: Child[]
}

/** Facts as a definition list. A fact without values is left out, and so is a list without facts. */
export function Facts({ facts }: { facts: Fact[] }) {
  const known = facts.filter(({ values }) => values.length > 0)
  if (known.length === 0) return null
  return (
    <div class="facts-container">
      <dl class="facts">
        {known.map(({ label, values }) => (
          <div>
            <dt>{label}</dt>
            {values.map((value) => (
              <dd>{value}</dd>
            ))}
          </div>
        ))}
      </dl>
    </div>
  )
}

const FOLD_AFTER = 20

interface FoldedProps {
  class: string
  entries: Child[]
  /** Entries before the fold: twenty, or fewer where they are large. */
  after?: number
  /** What the fold says of the entries in it. */
  more: (count: number) => string
}

/** A list that folds. */
export function Folded({ class: className, entries, after = FOLD_AFTER, more }: FoldedProps) {
  const rest = entries.slice(after)
  const list = (part: Child[]) => (
    <ul class={className}>
      {part.map((entry) => (
        <li>{entry}</li>
      ))}
    </ul>
  )
  return (
    <>
      {list(entries.slice(0, after))}
      {rest.length > 0 && (
        <details>
          <summary>{more(rest.length)}</summary>
          {list(rest)}
        </details>
      )}
    </>
  )
}

/** Drawn on a grid of 16, in lines. */
const ICONS = {
  open: 'M3.5 7.5h9v6h-9zM5.5 7.5v-2a2.5 2.5 0 0 1 4.8-1',
  waiting: 'M8 2.5a5.5 5.5 0 1 0 .01 0zM8 5v3.3l2.2 1.5',
  closed: 'M3.5 7.5h9v6h-9zM5.5 7.5v-2a2.5 2.5 0 0 1 5 0v2',
  record: 'M4 2.5h8v11h-8zM6 5.5h4M6 8h4M6 10.5h2.5',
  elsewhere: 'M9.5 2.5h4v4M13.5 2.5l-6 6M11.5 9.5v4h-9v-9h4',
}
export type IconName = keyof typeof ICONS

/** A picture beside words that say the same. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={ICONS[name]} />
    </svg>
  )
}

const ACCESS_ICONS: { [Right in AccessRight]: IconName } = {
  'open access': 'open',
  'embargoed access': 'waiting',
  'restricted access': 'closed',
  'metadata only access': 'record',
}

interface AccessProps {
  right: AccessRight
  /** Day until which an embargo holds. */
  until?: string | undefined
  page: PageContext
}

/** An item's access in words, with the day on which an embargo ends. */
export function Access({ right, until, page }: AccessProps) {
  const words = wordsOf(page)
  return (
    <span class="access">
      <Icon name={ACCESS_ICONS[right]} />
      <span>
        {words.terms.accessRights[right]}
        {until !== undefined && <> · {words.openFrom(formatDate(until, page.language))}</>}
      </span>
    </span>
  )
}
