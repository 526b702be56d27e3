import type { Record } from '../../model.ts'
import { preferred } from '../../texts.ts'
import { compact } from '../compact.ts'
import { bareDoi, doiAddress, isbnsOf, issnsOf, webAddress } from '../identifiers.ts'

type Source = { [property: string]: unknown }

/** Where it is printed: pages, and the issue of a volume of a periodical, or a book. */
export function sourceOf(record: Record, type: string, language: string | undefined): Source {
  const { pageStart, pageEnd, volume, issue } = record
  const isbn = isbnsOf(record)
  const own = type === 'Book' ? { isbn, numberOfPages: pagesIn(record.numPages) } : {}
  const pages = { pageStart, pageEnd }
  const name = preferred(record.sourceTitles, language)?.value
  if (name === undefined) return { ...own, ...pages }
  if (type === 'Chapter') return { ...own, ...pages, isPartOf: [compact({ '@type': 'Book', name, isbn })] }
  const periodical = compact({ '@type': 'Periodical', name, issn: issnsOf(record) })
  const inVolume =
    volume === undefined ? periodical : { '@type': 'PublicationVolume', volumeNumber: volume, isPartOf: periodical }
  const inIssue =
    issue === undefined ? inVolume : { '@type': 'PublicationIssue', issueNumber: issue, isPartOf: inVolume }
  return { ...own, ...pages, isPartOf: [inIssue] }
}

const pagesIn = (numPages: string | undefined) =>
  numPages && /^\d{1,6}$/.test(numPages) ? Number(numPages) : undefined

/** JPCOAR's relations for which schema.org has a property. */
const RELATIONS: { readonly [type in NonNullable<Record['relations'][number]['type']>]?: string } = {
  cites: 'citation',
  references: 'citation',
  hasPart: 'hasPart',
  isDerivedFrom: 'isBasedOn',
  isIdenticalTo: 'sameAs',
  isTranslationOf: 'translationOfWork',
  hasTranslation: 'workTranslation',
  isCitedBy: 'subjectOf',
  isReferencedBy: 'subjectOf',
  isSupplementTo: 'subjectOf',
}

/** Related works by their address or title. */
export function relationsOf({ relations }: Record, language: string | undefined): Source {
  const byProperty: { [property: string]: unknown[] } = {}
  for (const { type, identifier, titles } of relations) {
    const property = type && RELATIONS[type]
    if (property === undefined) continue
    const doi = identifier?.type === 'DOI' ? bareDoi(identifier.value) : undefined
    const address = doi === undefined ? webAddress(identifier?.value) : doiAddress(doi)
    const name = preferred(titles, language)?.value
    if (address === undefined && name === undefined) continue
    const related = property === 'sameAs' ? address : compact({ '@type': 'CreativeWork', '@id': address, name })
    if (related !== undefined) byProperty[property] = [...(byProperty[property] ?? []), related]
  }
  return byProperty
}

/** When and where what it is about took place. */
export function coverageOf({ dates, temporals, geoLocations }: Record): Source {
  const covered = dates
    .filter(({ type }) => type === 'Coverage')
    .map(({ value }) => (value.endsWith('/') ? `${value}..` : value))
  const places = geoLocations.flatMap(({ places: names, point, box }) => {
    const geo = point
      ? { '@type': 'GeoCoordinates', latitude: point.latitude, longitude: point.longitude }
      : box && { '@type': 'GeoShape', box: `${box.south} ${box.west} ${box.north} ${box.east}` }
    const place = compact({ '@type': 'Place', name: names.join(', '), geo })
    return names.length > 0 || geo ? [place] : []
  })
  return {
    temporalCoverage: covered.length > 0 ? covered : temporals.map(({ value }) => value),
    spatialCoverage: places,
  }
}
