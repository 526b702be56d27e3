import type { Dissemination } from '../../../items/dissemination.ts'
import type { Record } from '../../model.ts'
import { mainLanguage, preferred } from '../../texts.ts'
import { compact } from '../compact.ts'
import { workDate } from '../dates.ts'
import { doiAddress, doiOf, webAddress } from '../identifiers.ts'
import { tagOf } from '../language-tags.ts'
import { type Repository, repositoryName } from '../repository.ts'
import { licenceOf } from '../rights.ts'
import { keywordsOf } from '../subjects.ts'
import { elsewhere } from '../types.ts'
import { agentOf, fundingOf, organisationOf } from './agents.ts'
import { filesOf } from './files.ts'
import { coverageOf, relationsOf, sourceOf } from './places.ts'

/** Characters of a description that Google's index of data sets takes. */
const LONGEST_DESCRIPTION = 5_000

/**
 * An item as schema.org says it, for programs and for a page's head: scholarly works, and data as Google Dataset Search
 * asks for them. What stands in a page's script must still have its `<` escaped.
 */
export function schemaOrg(item: Dissemination, repository: Repository): object {
  const { record, access, url } = item
  const language = mainLanguage(record.titles)
  const { schemaOrg: type } = elsewhere[record.type.term]
  const title = preferred(record.titles, language)
  const doi = doiOf(record)
  const isData = type === 'Dataset'
  const agents = (agents: readonly Parameters<typeof agentOf>[0][]) =>
    agents.flatMap((one) => agentOf(one, language) ?? [])
  const inRole = (role: string) => record.contributors.filter((each) => each.type === role)
  const licences = record.rights.flatMap((each) => licenceOf(each)?.address ?? [])
  const files = filesOf(item, isData ? 'DataDownload' : 'MediaObject', licences[0])
  const creators = agents(record.creators)
  return compact({
    '@context': 'https://schema.org',
    '@type': type,
    '@id': doi === undefined ? url : doiAddress(doi),
    url,
    identifier: identifiersOf(item, doi),
    name: title?.value,
    headline: /Article$/.test(type) ? title?.value : undefined,
    alternateName: [...record.titles, ...record.alternativeTitles]
      .map(({ value }) => value)
      .filter((value) => value !== title?.value && value !== ''),
    description: descriptionOf(record, language),
    // Google reads `creator` of data and `author` of everything else.
    ...(isData ? { creator: creators } : { author: creators }),
    editor: agents(inRole('Editor')),
    translator: agents(inRole('Translator')),
    contributor: agents(record.contributors.filter(({ type: role }) => role !== 'Editor' && role !== 'Translator')),
    copyrightHolder: record.rightsHolders.flatMap((holder) => organisationOf(holder, language) ?? []),
    publisher: publisherOf(record, language, repository),
    datePublished: workDate(record) ?? item.publicationDate,
    dateCreated: dated(record, 'Created'),
    dateModified: item.updatedAt.toISOString(),
    inLanguage: record.languages.map(tagOf),
    keywords: keywordsOf(record),
    license: licences.length === 1 ? licences[0] : licences,
    isAccessibleForFree: access.right === 'open access',
    conditionsOfAccess: access.until === undefined ? access.right : `${access.right} until ${access.until}`,
    version: record.version,
    bookEdition: type === 'Book' ? preferred(record.editions, language)?.value : undefined,
    inSupportOf: preferred(record.degreeNames, language)?.value,
    ...sourceOf(record, type, language),
    ...relationsOf(record, language),
    ...coverageOf(record),
    ...fundingOf(record, language),
    ...(isData ? { distribution: files } : { encoding: files }),
    includedInDataCatalog: isData ? { '@type': 'DataCatalog', ...named(repository, language) } : undefined,
    provider: isData ? undefined : { '@type': 'Organization', ...named(repository, language) },
  })
}

/** The same as a document. */
export const writeSchemaOrg = (item: Dissemination, repository: Repository): string =>
  `${JSON.stringify(schemaOrg(item, repository), null, 2)}\n`

const named = (repository: Repository, language: string | undefined) => ({
  name: repositoryName(repository, language),
  url: repository.url,
})

function identifiersOf({ record, oaiIdentifier }: Dissemination, doi: string | undefined) {
  const handles = record.identifiers.filter(({ type, value }) => type === 'HDL' && value !== '')
  return [
    ...(doi === undefined ? [] : [property('DOI', doi, doiAddress(doi))]),
    ...handles.map(({ value }) =>
      property('Handle', value.replace(/^https?:\/\/hdl\.handle\.net\//i, ''), webAddress(value)),
    ),
    ...(oaiIdentifier === undefined ? [] : [property('OAI', oaiIdentifier)]),
    ...record.sourceIdentifiers
      .filter(({ type, value }) => type === 'NCID' && value !== '')
      .map(({ type, value }) => property(type, value)),
  ]
}

const property = (propertyID: string, value: string, url?: string) =>
  compact({ '@type': 'PropertyValue', propertyID, value, url })

function descriptionOf({ descriptions }: Record, language: string | undefined) {
  const abstracts = descriptions.filter(({ type }) => type === 'Abstract')
  const text = preferred(abstracts.length > 0 ? abstracts : descriptions, language)
  return text && [...text.value.slice(0, LONGEST_DESCRIPTION * 2)].slice(0, LONGEST_DESCRIPTION).join('')
}

function publisherOf(record: Record, language: string | undefined, repository: Repository) {
  const names = [...record.publishers, ...record.publisherDetails.flatMap((detail) => detail.names)]
  const publisher = preferred(names, language)
  if (publisher) return { '@type': 'Organization', name: publisher.value }
  const [grantor] = record.degreeGrantors
  return (grantor && organisationOf(grantor, language)) ?? { '@type': 'Organization', ...named(repository, language) }
}

const dated = ({ dates }: Record, wanted: Record['dates'][number]['type']) =>
  dates.find(({ type }) => type === wanted)?.value
