import type { Dissemination } from '../../../items/dissemination.ts'
import { namesOf } from '../../../items/summary.ts'
import type { Creator, Record, Text } from '../../model.ts'
import { type AccessRight, accessRightUri, resourceTypeUri, versionTypeUri } from '../../vocabularies.ts'
import { workDate } from '../dates.ts'
import { publishedRecord } from '../published.ts'
import { writeXml, type XmlElement } from '../xml.ts'

/** Unqualified Dublin Core as OAI-PMH asks every repository for it (OAI-PMH 2.0, section 2.5). */
export const OAI_DC = {
  namespace: 'http://www.openarchives.org/OAI/2.0/oai_dc/',
  schema: 'http://www.openarchives.org/OAI/2.0/oai_dc.xsd',
}

const NAMESPACES = new Map([
  ['xmlns:oai_dc', OAI_DC.namespace],
  ['xmlns:dc', 'http://purl.org/dc/elements/1.1/'],
  ['xmlns:xsi', 'http://www.w3.org/2001/XMLSchema-instance'],
  ['xsi:schemaLocation', `${OAI_DC.namespace} ${OAI_DC.schema}`],
])

/**
 * Writes what a reader may see of an item as `oai_dc`, with what BASE and the OpenAIRE Guidelines for Literature
 * Repositories 3.0 look for: an element each for landing page and DOI, one date, one element a person, and the rights
 * as URIs. Dublin Core has no place for roles, kinds of relation, affiliations and funding.
 */
export function writeOaiDc(dissemination: Dissemination): string {
  const record = publishedRecord(dissemination)
  const lang = record.titles[0]?.lang
  const said: { readonly [element: string]: (Text | string | undefined)[] } = {
    title: [...record.titles, ...record.alternativeTitles],
    creator: record.creators.map((creator) => nameOf(creator, lang)),
    subject: record.subjects,
    description: record.descriptions,
    publisher: [...record.publishers, ...record.publisherDetails.flatMap(({ names }) => names)],
    contributor: record.contributors.map((contributor) => nameOf(contributor, lang)),
    date: [workDate(record) ?? dissemination.publicationDate],
    type: [
      resourceTypeUri(record.type.term),
      record.type.term,
      record.versionType && versionTypeUri(record.versionType.term),
    ],
    format: [...record.files.map(({ mimeType }) => mimeType), ...record.formats, ...record.extents],
    identifier: [
      ...record.identifiers.map(({ type, value }) => (type === 'DOI' ? doiUrl(value) : value)),
      registeredDoi(record),
    ],
    source: [...citationsOf(record), ...record.sourceIdentifiers.map(({ type, value }) => `${NUMBERS[type]} ${value}`)],
    language: record.languages,
    relation: record.relations.flatMap(({ identifier, titles }): (Text | string)[] =>
      identifier ? [relatedTo(identifier)] : titles,
    ),
    coverage: [...record.temporals, ...record.geoLocations.flatMap(({ places }) => places)],
    rights: [
      `info:eu-repo/semantics/${EU_REPO_ACCESS[dissemination.access.right]}`,
      accessRightUri(dissemination.access.right),
      ...record.rights.flatMap(({ uri, ...text }) => [uri, text]),
    ],
  }
  const children = Object.entries(said).flatMap(([name, values]) => elementsOf(`dc:${name}`, values))
  return writeXml({ name: 'oai_dc:dc', attributes: NAMESPACES, children, text: '' })
}

/** An element for each thing that is said; said twice, or blank, it says no more. */
function elementsOf(name: string, values: (Text | string | undefined)[]): XmlElement[] {
  const elements = new Map<string, XmlElement>()
  for (const each of values) {
    const { value, lang }: Text = typeof each === 'object' ? each : { value: each ?? '' }
    if (value === '') continue
    const attributes = new Map(lang === undefined ? [] : [['xml:lang', lang]])
    elements.set(JSON.stringify([value, lang]), { name, attributes, children: [], text: value })
  }
  return [...elements.values()]
}

/**
 * A person's one name, in the language of the work's title where there is one: a second element would be another
 * person. "Family, Given" where the record tells them apart.
 */
function nameOf(agent: Omit<Creator, 'type'>, lang: string | undefined): Text | undefined {
  const whole = agent.familyNames.length > 0 && agent.givenNames.length > 0 ? namesOf({ ...agent, names: [] }) : []
  const names = [...whole, ...namesOf(agent)]
  return names.find((name) => name.lang === lang) ?? names[0]
}

/** The address of a DOI, however the record spells it; what is no DOI stays as it is. */
const doiUrl = (doi: string) => doi.replace(/^(?:doi:\s*|https?:\/\/(?:dx\.)?doi\.org\/)?(?=10\.)/i, 'https://doi.org/')

/** None where the registration is PubMed's, or no DOI at all. */
function registeredDoi({ identifierRegistration: registered }: Record): string | undefined {
  const url = doiUrl(registered?.value ?? '')
  return url.startsWith('https://doi.org/') ? url : undefined
}

const NUMBERS: { readonly [type in Record['sourceIdentifiers'][number]['type']]: string } = {
  PISSN: 'ISSN',
  EISSN: 'ISSN',
  ISSN: 'ISSN',
  NCID: 'NCID',
  ISBN: 'ISBN',
}

/** "Bulletin of the Kura, 12(3), 34-57", once in each language of the source's title. */
function citationsOf({ sourceTitles, volume, issue, pageStart, pageEnd }: Record): Text[] {
  const number = `${volume ?? ''}${issue === undefined ? '' : `(${issue})`}`
  const pages = [...new Set([pageStart, pageEnd])].filter((page) => page !== undefined).join('-')
  return sourceTitles.map(({ value, ...rest }) => ({
    ...rest,
    value: [value, number, pages].filter((part) => part !== '').join(', '),
  }))
}

function relatedTo({ type, value }: NonNullable<Record['relations'][number]['identifier']>): string {
  if (type === 'DOI') return doiUrl(value)
  return type === 'Local' || /^[a-z][a-z\d+.-]*:/i.test(value) ? value : `${type} ${value}`
}

/** `info:eu-repo-Access-Terms`, by which OpenAIRE sorts: what has no file for anybody is closed. */
const EU_REPO_ACCESS: { readonly [right in AccessRight]: string } = {
  'open access': 'openAccess',
  'embargoed access': 'embargoedAccess',
  'restricted access': 'restrictedAccess',
  'metadata only access': 'closedAccess',
}
