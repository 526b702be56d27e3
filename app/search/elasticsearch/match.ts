import type { estypes } from '@elastic/elasticsearch'
import { dayNumber, lastDayNumber } from '../order.ts'
import { type Facet, facets, type SearchQuery } from '../port.ts'
import { type Field, findsWithout, looseWordsIn, type Query, TIERS } from '../query.ts'
import { inForms } from './forms.ts'
import { phraseTerms } from './terms.ts'

type Clause = estypes.QueryDslQueryContainer

const stands = (place: string, text: string): Clause => ({ match_phrase: { [place]: phraseTerms(text) } })

const anyOf = (clauses: Clause[]): Clause => ({ bool: { should: clauses, minimum_should_match: 1 } })

/** Pieces of files in which one of the words stands. */
export const inTexts = (words: string[]): Clause => anyOf(words.map((text) => stands('texts.units', text)))

/**
 * The items that a query finds. AND, OR and NOT are decided for the item, whichever of its texts the words stand in.
 *
 * @param within fields in which words must stand that are limited to none.
 */
function matching(query: Query, within?: Field[]): Clause {
  if (query.kind !== 'word') {
    const parts = query.parts.map((part) => matching(part, within))
    return query.kind === 'all' ? { bool: { filter: parts } } : anyOf(parts)
  }
  const { text, field, not } = query
  // A word that must not occur must not occur anywhere.
  const places = field ? [field] : not ? undefined : within
  const found = places
    ? anyOf(places.map((place) => stands(`words.${place}`, text)))
    : anyOf([stands('words.anywhere', text), { nested: { path: 'texts', query: inTexts([text]), score_mode: 'none' } }])
  return not ? { bool: { must_not: [found] } } : found
}

/** What an item scores for each tier that it reaches: more than all that is merely alike. A power of two: sums stay exact. */
export const TIER = 2 ** 20

/**
 * The items that a query finds, with a score. What holds the words as they are typed has one tier, or more by where they
 * stand; below is what holds them in other forms, as BM25 has it.
 */
export function scoring(query: Query, forms: boolean): Clause {
  const tier = (filter: Clause) => ({ constant_score: { filter, boost: TIER } })
  const above = findsWithout(query) ? [] : TIERS.map((within) => tier(matching(query, within)))
  const exact = { bool: { must: [tier(matching(query))], should: above } }
  if (!forms || looseWordsIn(query).length === 0) return exact
  return { dis_max: { queries: [exact, alike(query)] } }
}

/** The items that a query finds if its words may stand in other forms. */
function alike(query: Query): Clause {
  if (query.kind !== 'word') {
    const parts = query.parts.map(alike)
    return query.kind === 'all' ? { bool: { must: parts } } : anyOf(parts)
  }
  const exact = { constant_score: { filter: matching(query), boost: 1 } }
  if (query.not || query.quoted) return exact
  return { dis_max: { queries: [exact, ...inForms(query.text, query.field)] } }
}

/** What else a query asks of an item, whatever is chosen: who may see it, and its day of issue. */
export function limitsOf({ statuses, from, to }: SearchQuery): Clause[] {
  const issued = {
    // What has no date lies in no range.
    ...(from !== undefined && { gte: Math.max(1, dayNumber(from)) }),
    ...(to !== undefined && { lte: lastDayNumber(to) }),
  }
  return [{ terms: { status: statuses } }, ...(Object.keys(issued).length > 0 ? [{ range: { issued } }] : [])]
}

/** The facets chosen, but one, if one is named. */
export function choices({ chosen = {}, ...query }: SearchQuery, but?: Facet): Clause[] {
  const hidden = hiddenCollections(query)
  return facets.flatMap((facet) => {
    const values = chosen[facet]
    if (!values || facet === but) return []
    const known = facet === 'collection' ? values.filter((value) => !hidden.includes(value)) : values
    return [{ terms: { [`facets.${facet}`]: known } }]
  })
}

export const hiddenCollections = ({ hiddenCollections = [] }: Pick<SearchQuery, 'hiddenCollections'>) =>
  hiddenCollections.map(String)
