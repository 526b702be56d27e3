import type { Record, Text } from '../records/model.ts'
import type { AccessRight, ResourceType } from '../records/vocabularies.ts'
import type { Dissemination } from './dissemination.ts'

/**
 * What a list says of an item: small, and the same for readers of every language (texts keep theirs, the page
 * chooses). It is stored as JSON beside the search terms.
 */
export interface ItemSummary {
  number: number
  /** One title per language, in the record's order. */
  titles: Text[]
  /** Names of the first creators: per creator, one name per language. */
  creators: Text[][]
  /** Of all creators, also those that are not named here. */
  creatorCount: number
  /** Titles of the journal, bulletin or book that it appeared in, one per language. */
  sourceTitles: Text[]
  /** Four digits. */
  year?: string
  type: ResourceType
  access: AccessRight
  /** Day (YYYY-MM-DD) until which an embargo holds. */
  until?: string
  /** Day (YYYY-MM-DD) on which it was published here. */
  publicationDate: string
}

const CREATORS_NAMED = 3
/** Longer titles exist, but no list is helped by more. */
const LONGEST_TEXT = 400

/** Sums an item up for lists. */
export function summarize(item: Pick<Dissemination, 'number' | 'record' | 'access' | 'publicationDate'>): ItemSummary {
  const { record, access } = item
  const year = issuedOf(record)?.slice(0, 4)
  return {
    number: item.number,
    titles: onePerLanguage(record.titles),
    creators: record.creators.slice(0, CREATORS_NAMED).map((creator) => onePerLanguage(namesOf(creator))),
    creatorCount: record.creators.length,
    sourceTitles: onePerLanguage(record.sourceTitles),
    ...(year !== undefined && { year }),
    type: record.type.term,
    access: access.right,
    ...(access.until !== undefined && { until: access.until }),
    publicationDate: item.publicationDate,
  }
}

/** The names of a person or an organisation; put together from family and given name where the record has no other. */
export function namesOf(agent: Pick<Record['creators'][number], 'names' | 'familyNames' | 'givenNames'>): Text[] {
  if (agent.names.length > 0) return agent.names
  if (agent.familyNames.length === 0) return agent.givenNames
  return agent.familyNames.map((family) => {
    const given = agent.givenNames.find(({ lang }) => lang === family.lang)
    const parts = [family.value, given?.value ?? ''].filter((part) => part.trim() !== '')
    return { ...family, value: parts.join(', ') }
  })
}

/** The day, month or year (YYYY-MM-DD, …) in which a work came out; for a thesis without one, of its degree. */
export function issuedOf({ dates, dateGranted }: Record): string | undefined {
  const issued = dates.find(({ type }) => type === 'Issued')?.value ?? dateGranted
  return issued?.match(/\d{4}(-\d{2}){0,2}/)?.[0]
}

function onePerLanguage(texts: Text[]): Text[] {
  const byLanguage = new Map<string | undefined, Text>()
  for (const { value, lang } of texts) {
    if (byLanguage.has(lang)) continue
    byLanguage.set(lang, { value: shortened(value.trim()), ...(lang !== undefined && { lang }) })
  }
  return [...byLanguage.values()]
}

function shortened(value: string): string {
  if (value.length <= LONGEST_TEXT) return value
  // A cut between the halves of a character outside the basic plane would leave a lone surrogate.
  return `${value.slice(0, LONGEST_TEXT).replace(/[\ud800-\udbff]$/, '')}…`
}
