import type { Dissemination } from '../../../items/dissemination.ts'
import type { Record } from '../../model.ts'
import { isReading, mainLanguage, preferred } from '../../texts.ts'
import { accessRightUri } from '../../vocabularies.ts'
import { compact, distinct } from '../compact.ts'
import { workDate } from '../dates.ts'
import { doiOf, webAddress } from '../identifiers.ts'
import { tagOf } from '../language-tags.ts'
import { publishedRecord } from '../published.ts'
import type { Repository } from '../repository.ts'
import { licenceOf } from '../rights.ts'
import { elsewhere } from '../types.ts'
import { contributorsOf, creatorsOf, UNAVAILABLE } from './agents.ts'
import { fundingOf, publishedIn, relatedIdentifiersOf } from './relations.ts'

/**
 * An item as DataCite's schema 4.6 describes it, in the JSON of DataCite's REST API (`datacite+json`): the XML is
 * written from it. Of names in several languages there is room for one, the one that goes with the work's first title.
 */
export function dataCiteOf(item: Dissemination, repository: Repository) {
  const record = publishedRecord(item)
  const language = mainLanguage(record.titles)
  const [spoken] = record.languages
  return compact({
    doi: doiOf(record),
    url: item.url,
    types: {
      resourceType: record.type.term as string,
      resourceTypeGeneral: elsewhere[record.type.term].dataCite,
    },
    creators: creatorsOf(record, language),
    titles: titlesOf(record),
    publisher: publisherOf(record, language, repository),
    publicationYear: (workDate(record) ?? item.publicationDate).slice(0, 4),
    subjects: subjectsOf(record),
    contributors: contributorsOf(record, language),
    dates: datesOf(record),
    language: spoken === undefined ? language : tagOf(spoken),
    alternateIdentifiers: alternateIdentifiersOf(item, record),
    relatedIdentifiers: relatedIdentifiersOf(record),
    relatedItems: publishedIn(record, language),
    sizes: sizesOf(record),
    formats: formatsOf(record),
    version: record.version,
    rightsList: rightsOf(record, item),
    descriptions: descriptionsOf(record),
    geoLocations: geoLocationsOf(record),
    fundingReferences: fundingOf(record, language),
    schemaVersion: 'http://datacite.org/schema/kernel-4',
  })
}

export type DataCite = ReturnType<typeof dataCiteOf>

export const writeDataCiteJson = (item: Dissemination, repository: Repository): string =>
  `${JSON.stringify(dataCiteOf(item, repository), null, 2)}\n`

interface Title {
  title: string
  titleType?: string | undefined
  lang?: string | undefined
}

function titlesOf({ titles, alternativeTitles }: Record): Title[] {
  const main = preferred(titles, mainLanguage(titles))
  const own = titles.map(({ value, lang }) => ({
    title: value,
    titleType: value === main?.value ? undefined : isReading({ lang }) ? 'AlternativeTitle' : 'TranslatedTitle',
    lang,
  }))
  const others = alternativeTitles.map(({ value, lang }) => ({ title: value, titleType: 'AlternativeTitle', lang }))
  const said = distinct([...own, ...others].filter(({ title }) => title !== '').map(compact))
  return said.length > 0 ? said : [{ title: UNAVAILABLE }]
}

/** Who brought it out: for a thesis the university, and for what nobody else did, the repository. */
function publisherOf(record: Record, language: string | undefined, { name, url }: Repository) {
  const names = [
    ...record.publishers,
    ...record.publisherDetails.flatMap((detail) => detail.names),
    ...record.degreeGrantors.flatMap((grantor) => grantor.names),
  ]
  const publisher = preferred(names, language)
  if (publisher) return compact({ name: publisher.value, lang: publisher.lang })
  const own = language === 'ja' || name.en === undefined ? { name: name.ja, lang: 'ja' } : { name: name.en, lang: 'en' }
  return { ...own, publisherIdentifier: url, publisherIdentifierScheme: 'URL' }
}

const subjectsOf = ({ subjects }: Record) =>
  distinct(
    subjects
      .filter(({ value }) => value !== '')
      .map(({ value, scheme, uri, lang }) =>
        compact({
          subject: value,
          subjectScheme: scheme === 'Other' ? undefined : (scheme as string),
          valueUri: webAddress(uri),
          lang,
        }),
      ),
  )

/** The day of a degree has no kind of its own. */
function datesOf({ dates, dateGranted }: Record) {
  const granted = {
    date: dateGranted ?? '',
    dateType: 'Other',
    dateInformation: 'Date on which the degree was granted',
  }
  return distinct([
    ...dates.map(({ value, type }): { date: string; dateType: string; dateInformation?: string } => ({
      date: value,
      dateType: type,
    })),
    ...(dateGranted === undefined ? [] : [granted]),
  ])
}

function alternateIdentifiersOf({ url, oaiIdentifier }: Dissemination, { identifiers }: Record) {
  const handles = identifiers
    .filter(({ type, value }) => type === 'HDL' && value !== '')
    .map(({ value }) => named(value, 'Handle'))
  return distinct([
    named(url, 'URL'),
    ...handles,
    ...(oaiIdentifier === undefined ? [] : [named(oaiIdentifier, 'OAI')]),
  ])
}

const named = (alternateIdentifier: string, alternateIdentifierType: string) => ({
  alternateIdentifier,
  alternateIdentifierType,
})

const sizesOf = ({ files, extents, numPages }: Record) =>
  said([
    ...files.flatMap((file) => file.extents),
    ...extents.map(({ value }) => value),
    numPages === undefined ? '' : `${numPages} pages`,
  ])

const formatsOf = ({ files, formats }: Record) =>
  said([...files.map(({ mimeType }) => mimeType ?? ''), ...formats.map(({ value }) => value)])

const said = (texts: string[]) => [...new Set(texts)].filter((text) => text !== '')

function rightsOf({ rights }: Record, { access }: Dissemination) {
  const licences = rights.map((each) => {
    const { address, spdx } = licenceOf(each) ?? {}
    return compact({
      rights: each.value,
      rightsUri: address,
      rightsIdentifier: spdx,
      rightsIdentifierScheme: spdx && 'SPDX',
      schemeUri: spdx && 'https://spdx.org/licenses/',
      lang: each.lang,
    })
  })
  const right = { rights: access.right as string, rightsUri: accessRightUri(access.right), lang: 'en' }
  return distinct([...licences.filter(({ rights, rightsUri }) => rights ?? rightsUri), right])
}

const descriptionsOf = ({ descriptions }: Record) =>
  distinct(
    descriptions
      .filter(({ value }) => value !== '')
      .map(({ value, type, lang }) => compact({ description: value, descriptionType: type as string, lang })),
  )

/** A place may have one name: further ones stand alone. */
const geoLocationsOf = ({ geoLocations }: Record) =>
  distinct(
    geoLocations.flatMap(({ point, box, places: [first, ...more] }) => [
      compact({
        geoLocationPlace: first,
        geoLocationPoint: point && { pointLongitude: point.longitude, pointLatitude: point.latitude },
        geoLocationBox: box && {
          westBoundLongitude: box.west,
          eastBoundLongitude: box.east,
          southBoundLatitude: box.south,
          northBoundLatitude: box.north,
        },
      }),
      ...more.map((place) => compact({ geoLocationPlace: place })),
    ]),
  ).filter((place) => Object.keys(place).length > 0)
