import type { Record } from '../../model.ts'
import { preferred } from '../../texts.ts'
import { compact, distinct } from '../compact.ts'
import { bareDoi, isbnsOf, issnsOf, webAddress } from '../identifiers.ts'
import { elsewhere } from '../types.ts'
import { FUNDER_TYPES, IDENTIFIER_TYPES, RELATION_TYPES } from './terms.ts'

/** Related works that have an identifier which DataCite knows; a relation of no kind is none to it. */
export const relatedIdentifiersOf = ({ relations }: Record) =>
  distinct(
    relations.flatMap(({ type, identifier }) => {
      const known = type && identifier && identified(identifier)
      return known ? [{ ...known, relationType: RELATION_TYPES[type] }] : []
    }),
  )

function identified({ type, value }: NonNullable<Record['relations'][number]['identifier']>) {
  const named = IDENTIFIER_TYPES[type]
  if (named === 'DOI') {
    const doi = bareDoi(value)
    return doi === undefined ? undefined : { relatedIdentifier: doi, relatedIdentifierType: named }
  }
  if (named !== undefined && value !== '') return { relatedIdentifier: value, relatedIdentifierType: named }
  if (/^urn:/i.test(value)) return { relatedIdentifier: value, relatedIdentifierType: 'URN' }
  const address = webAddress(value)
  return address === undefined ? undefined : { relatedIdentifier: address, relatedIdentifierType: 'URL' }
}

/** The journal, book or proceedings that the work is printed in, and where in it. */
export function publishedIn(record: Record, language: string | undefined) {
  const title = preferred(record.sourceTitles, language)
  if (!title) return []
  const { csl } = elsewhere[record.type.term]
  const isbn = isbnsOf(record)[0]
  const issn = issnsOf(record)[0]
  const number = issn ?? isbn
  return [
    compact({
      relatedItemType: csl === 'chapter' ? 'Book' : csl === 'paper-conference' ? 'ConferenceProceeding' : 'Journal',
      relationType: 'IsPublishedIn',
      relatedItemIdentifier:
        number === undefined
          ? undefined
          : { relatedItemIdentifier: number, relatedItemIdentifierType: issn === undefined ? 'ISBN' : 'ISSN' },
      titles: [compact({ title: title.value, lang: title.lang })],
      volume: record.volume,
      issue: record.issue,
      firstPage: record.pageStart,
      lastPage: record.pageEnd,
    }),
  ]
}

export const fundingOf = ({ fundingReferences }: Record, language: string | undefined) =>
  fundingReferences.flatMap(({ funderNames, funderIdentifier, awardNumber, awardTitles }) => {
    const funderName = preferred(funderNames, language)?.value
    if (funderName === undefined) return []
    return [
      compact({
        funderName,
        funderIdentifier: funderIdentifier?.value,
        funderIdentifierType: funderIdentifier?.value ? FUNDER_TYPES[funderIdentifier.type] : undefined,
        awardNumber: awardNumber?.value,
        awardUri: webAddress(awardNumber?.uri),
        awardTitle: preferred(awardTitles, language)?.value,
      }),
    ]
  })
