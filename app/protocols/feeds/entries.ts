import { type Dissemination, issuedOf, namesOf } from '../../items/index.ts'
import { identifierAddress, messages, preferred, webAddress } from '../../pages/index.ts'
import { beginningOf } from '../../platform/clock.ts'
import type { Text } from '../../records/model.ts'
import { resourceTypeUri } from '../../records/vocabularies.ts'
import type { Tenant } from '../../tenancy/index.ts'
import type { Language } from '../../tenancy/schema.ts'
import { citeAs } from '../signposting/index.ts'

/** What a feed says of an item, for readers of one language. */
export interface Entry {
  /** Stays the same, wherever the institution moves. */
  id: string
  url: string
  title: Text
  authors: { name: string; uri?: string | undefined }[]
  /** The beginning of the abstract. */
  summary?: Text | undefined
  subjects: string[]
  /** What kind of work it is: JPCOAR's term, its URI, and the word for it. */
  type: { term: string; uri: string; label: string }
  /** Where it is to be cited by. */
  cite: string
  /** Day, month or year of issue. */
  issued?: string | undefined
  published: Date
  updated: Date
}

/** Of each entry at most. Nobody reads a feed for the rest. */
const MOST = { authors: 100, subjects: 30, summary: 2_000 }

/** Makes the entry of an item that was last changed at a moment. */
export function entryOf({ timeZone }: Tenant, language: Language, item: Dissemination, updated: Date): Entry {
  const { record } = item
  const words = messages[language]
  const abstract = preferred(
    record.descriptions.filter(({ type }) => type === 'Abstract'),
    language,
  )
  return {
    id: item.oaiIdentifier ?? item.url,
    url: item.url,
    title: preferred(record.titles, language) ?? { value: words.untitled, lang: language },
    authors: record.creators.slice(0, MOST.authors).flatMap((creator) => {
      const name = preferred(namesOf(creator), language)
      const uri = creator.identifiers
        .map(({ scheme, value, uri }) => identifierAddress(scheme, value, webAddress(uri)))
        .find((address) => address !== undefined)
      return name ? { name: name.value, uri } : []
    }),
    summary: abstract && { value: shortened(abstract.value), lang: abstract.lang },
    subjects: [...new Set(record.subjects.map(({ value }) => value).filter(Boolean))].slice(0, MOST.subjects),
    type: {
      term: record.type.term,
      uri: resourceTypeUri(record.type.term),
      label: words.terms.resourceTypes[record.type.term],
    },
    cite: citeAs(item),
    issued: issuedOf(record),
    published: beginningOf(timeZone, item.publicationDate),
    updated,
  }
}

const shortened = (text: string) =>
  // No cut between the halves of a character.
  text.length <= MOST.summary ? text : `${text.slice(0, MOST.summary).replace(/[\ud800-\udbff]$/, '')}…`
