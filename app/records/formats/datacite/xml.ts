import type { Dissemination } from '../../../items/dissemination.ts'
import type { Repository } from '../repository.ts'
import { writeXml, type XmlElement } from '../xml.ts'
import type { Agent } from './agents.ts'
import { type DataCite, dataCiteOf } from './resource.ts'

export const DATACITE = {
  namespace: 'http://datacite.org/schema/kernel-4',
  schema: 'https://schema.datacite.org/meta/kernel-4.6/metadata.xsd',
}

/** An item as DataCite's XML, schema 4.6, without an XML declaration. */
export function writeDataCiteXml(item: Dissemination, repository: Repository): string {
  const resource = dataCiteOf(item, repository)
  const { types, publisher } = resource
  const root = element('resource', {}, [
    identifier(resource),
    list('creators', 'creator', resource.creators, (creator) => agent('creatorName', creator)),
    list('titles', 'title', resource.titles, ({ title, titleType, lang }) => text({ titleType, lang }, title)),
    element('publisher', attributesOf(publisher), publisher.name),
    element('publicationYear', {}, resource.publicationYear),
    element('resourceType', { resourceTypeGeneral: types.resourceTypeGeneral }, types.resourceType),
    list('subjects', 'subject', resource.subjects, ({ subject, ...rest }) => text(rest, subject)),
    list('contributors', 'contributor', resource.contributors, ({ contributorType, ...contributor }) => ({
      ...agent('contributorName', contributor),
      attributes: { contributorType },
    })),
    list('dates', 'date', resource.dates, ({ date, ...rest }) => text(rest, date)),
    resource.language === undefined ? undefined : element('language', {}, resource.language),
    list('alternateIdentifiers', 'alternateIdentifier', resource.alternateIdentifiers, (each) =>
      text({ alternateIdentifierType: each.alternateIdentifierType }, each.alternateIdentifier),
    ),
    list('relatedIdentifiers', 'relatedIdentifier', resource.relatedIdentifiers, ({ relatedIdentifier, ...rest }) =>
      text(rest, relatedIdentifier),
    ),
    list('relatedItems', 'relatedItem', resource.relatedItems, relatedItem),
    list('sizes', 'size', resource.sizes, (size) => text({}, size)),
    list('formats', 'format', resource.formats, (format) => text({}, format)),
    resource.version === undefined ? undefined : element('version', {}, resource.version),
    list('rightsList', 'rights', resource.rightsList, ({ rights, ...rest }) => text(rest, rights)),
    list('descriptions', 'description', resource.descriptions, ({ description, ...rest }) => text(rest, description)),
    list('geoLocations', 'geoLocation', resource.geoLocations, (place) => ({
      children: Object.entries(place).map(([name, value]) =>
        typeof value === 'string'
          ? element(name, {}, value)
          : element(
              name,
              {},
              Object.entries(value ?? {}).map(([edge, degrees]) => element(edge, {}, String(degrees))),
            ),
      ),
    })),
    list('fundingReferences', 'fundingReference', resource.fundingReferences, funding),
  ])
  const namespaces = new Map([
    ['xmlns', DATACITE.namespace],
    ['xmlns:xsi', 'http://www.w3.org/2001/XMLSchema-instance'],
    ['xsi:schemaLocation', `${DATACITE.namespace} ${DATACITE.schema}`],
  ])
  return writeXml({ ...root, attributes: namespaces })
}

/** The DOI; for what has none, what else leads to it. */
function identifier({ doi, url }: DataCite): XmlElement {
  return doi === undefined
    ? element('identifier', { identifierType: 'URL' }, url)
    : element('identifier', { identifierType: 'DOI' }, doi)
}

type Attributes = { readonly [name: string]: string | undefined }
type Content = string | (XmlElement | undefined)[]
interface Entry {
  attributes?: Attributes
  text?: string | undefined
  children?: (XmlElement | undefined)[]
}

const text = (attributes: Attributes, content: string | undefined): Entry => ({ attributes, text: content })

function element(name: string, attributes: Attributes, content: Content): XmlElement {
  const known = Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return {
    name,
    attributes: new Map(known.map(([attribute, value]) => [attributeName(attribute), value])),
    text: typeof content === 'string' ? content : '',
    children: typeof content === 'string' ? [] : content.filter((child) => child !== undefined),
  }
}

/** The JSON says `lang` and `schemeUri` where the XML says `xml:lang` and `schemeURI`. */
const attributeName = (name: string) => (name === 'lang' ? 'xml:lang' : name.replace(/Uri$/, 'URI'))

/** An element around elements; nothing where there are none. */
function list<T>(name: string, each: string, values: readonly T[] | undefined, entry: (value: T) => Entry) {
  if (!values?.length) return undefined
  const children = values.map((value) => {
    const { attributes = {}, text: content = '', children: inner } = entry(value)
    return element(each, attributes, inner ?? content)
  })
  return element(name, {}, children)
}

function agent(nameElement: string, one: Partial<Agent>): Entry {
  const { name = '', nameType, givenName, familyName, lang, nameIdentifiers = [], affiliation = [] } = one
  return {
    children: [
      element(nameElement, { nameType, lang }, name),
      givenName === undefined ? undefined : element('givenName', {}, givenName),
      familyName === undefined ? undefined : element('familyName', {}, familyName),
      ...nameIdentifiers.map(({ nameIdentifier, ...rest }) => element('nameIdentifier', rest, nameIdentifier)),
      ...affiliation.map(({ name: organisation, ...rest }) => element('affiliation', rest, organisation)),
    ],
  }
}

function relatedItem(related: NonNullable<DataCite['relatedItems']>[number]): Entry {
  const { relatedItemType, relationType, relatedItemIdentifier: number, titles, ...place } = related
  return {
    attributes: { relatedItemType, relationType },
    children: [
      number &&
        element(
          'relatedItemIdentifier',
          { relatedItemIdentifierType: number.relatedItemIdentifierType },
          number.relatedItemIdentifier,
        ),
      list('titles', 'title', titles, ({ title, lang }) => text({ lang }, title)),
      ...Object.entries(place).map(([name, value]) => (value === undefined ? undefined : element(name, {}, value))),
    ],
  }
}

function funding(reference: NonNullable<DataCite['fundingReferences']>[number]): Entry {
  const { funderName, funderIdentifier, funderIdentifierType, awardNumber, awardUri, awardTitle } = reference
  return {
    children: [
      element('funderName', {}, funderName),
      funderIdentifier === undefined
        ? undefined
        : element('funderIdentifier', { funderIdentifierType }, funderIdentifier),
      awardNumber === undefined ? undefined : element('awardNumber', { awardUri }, awardNumber),
      awardTitle === undefined ? undefined : element('awardTitle', {}, awardTitle),
    ],
  }
}

const attributesOf = ({ name: _, ...rest }: { name: string } & Attributes): Attributes => rest
