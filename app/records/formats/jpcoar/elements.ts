import type { Contributor, Creator, Record, RecordFile, Text } from '../../model.ts'
import { accessRightUri, resourceTypeUri, versionTypeUri } from '../../vocabularies.ts'
import { attribute, concept, content, inside, many, one, requiredAttribute, type Shape } from './shapes.ts'
import { decimal, flag, page, term, text, twoDigits, uri, whole } from './values.ts'

/**
 * The JPCOAR schema, read from top to bottom: which element or attribute carries which field of the record model, in
 * the order that the schema demands. Reader, writer and the paths in findings all work from this one description,
 * which is that of 2.1 and of all that earlier editions had besides; `editions.ts` says where an edition differs.
 */

const inLanguage: Shape<Text> = { value: content(text), lang: attribute('xml:lang', text) }

const nameIdentifier: Shape<Creator['identifiers'][number]> = {
  value: content(text),
  scheme: requiredAttribute('nameIdentifierScheme', term('nameIdentifierSchemes')),
  uri: attribute('nameIdentifierURI', uri),
}

const organisation = (name: string): Shape<Creator['affiliations'][number]> => ({
  identifiers: many('jpcoar:nameIdentifier', nameIdentifier),
  names: many(name, inLanguage),
})

const agent = (name: string, alternative: string): Shape<Omit<Creator, 'type'>> => ({
  identifiers: many('jpcoar:nameIdentifier', nameIdentifier),
  names: many(name, { ...inLanguage, type: attribute('nameType', term('nameTypes')) }),
  familyNames: many('jpcoar:familyName', inLanguage),
  givenNames: many('jpcoar:givenName', inLanguage),
  alternativeNames: many(alternative, inLanguage),
  affiliations: many('jpcoar:affiliation', organisation('jpcoar:affiliationName')),
})

const creator: Shape<Creator> = {
  type: attribute('creatorType', text),
  ...agent('jpcoar:creatorName', 'jpcoar:creatorAlternative'),
}

const contributor: Shape<Contributor> = {
  type: attribute('contributorType', term('contributorTypes')),
  ...agent('jpcoar:contributorName', 'jpcoar:contributorAlternative'),
}

const accessRights: Shape<NonNullable<Record['accessRights']>> = {
  term: content(term('accessRights')),
  uri: concept('rdf:resource', accessRightUri),
}

const rights: Shape<Record['rights'][number]> = { ...inLanguage, uri: attribute('rdf:resource', uri) }

const subject: Shape<Record['subjects'][number]> = {
  ...inLanguage,
  scheme: requiredAttribute('subjectScheme', term('subjectSchemes')),
  uri: attribute('subjectURI', uri),
}

const description: Shape<Record['descriptions'][number]> = {
  ...inLanguage,
  type: requiredAttribute('descriptionType', term('descriptionTypes')),
}

const date: Shape<Record['dates'][number]> = {
  value: content(text),
  type: requiredAttribute('dateType', term('dateTypes')),
}

const identifier: Shape<Record['identifiers'][number]> = {
  value: content(uri),
  type: requiredAttribute('identifierType', term('identifierTypes')),
}

const file: Shape<RecordFile> = {
  ...inside<Pick<RecordFile, 'uri' | 'label' | 'objectType'>>('jpcoar:URI', {
    uri: content(uri),
    label: attribute('label', text),
    objectType: attribute('objectType', term('objectTypes')),
  }),
  mimeType: one('jpcoar:mimeType', text),
  extents: many('jpcoar:extent', text),
  dates: many('datacite:date', date),
  version: one('datacite:version', text),
}

/** `jpcoar:jpcoar`. */
export const record: Shape<Record> = {
  titles: many('dc:title', inLanguage),
  alternativeTitles: many('dcterms:alternative', inLanguage),
  creators: many('jpcoar:creator', creator),
  contributors: many('jpcoar:contributor', contributor),
  accessRights: one('dcterms:accessRights', accessRights),
  apc: one('rioxxterms:apc', term('apcStates')),
  rights: many('dc:rights', rights),
  rightsHolders: many('jpcoar:rightsHolder', organisation('jpcoar:rightsHolderName')),
  subjects: many('jpcoar:subject', subject),
  descriptions: many('datacite:description', description),
  publishers: many('dc:publisher', inLanguage),
  publisherDetails: many('jpcoar:publisher', {
    names: many('jpcoar:publisherName', inLanguage),
    descriptions: many('jpcoar:publisherDescription', inLanguage),
    locations: many('dcndl:location', inLanguage),
    places: many('dcndl:publicationPlace', text),
  }),
  dates: many('datacite:date', date),
  dateTexts: many('dcterms:date', inLanguage),
  languages: many('dc:language', text),
  type: one('dc:type', {
    term: content(term('resourceTypes')),
    uri: concept('rdf:resource', resourceTypeUri),
  }),
  version: one('datacite:version', text),
  versionType: one('oaire:version', {
    term: content(term('versionTypes')),
    uri: concept('rdf:resource', versionTypeUri),
  }),
  identifiers: many('jpcoar:identifier', identifier),
  identifierRegistration: one('jpcoar:identifierRegistration', {
    value: content(text),
    agency: requiredAttribute('identifierType', term('registrationAgencies')),
  }),
  relations: many('jpcoar:relation', {
    type: attribute('relationType', term('relationTypes')),
    identifier: one('jpcoar:relatedIdentifier', {
      value: content(uri),
      type: requiredAttribute('identifierType', term('relatedIdentifierTypes')),
    }),
    titles: many('jpcoar:relatedTitle', inLanguage),
  }),
  temporals: many('dcterms:temporal', inLanguage),
  geoLocations: many('datacite:geoLocation', {
    point: one('datacite:geoLocationPoint', {
      longitude: one('datacite:pointLongitude', decimal),
      latitude: one('datacite:pointLatitude', decimal),
    }),
    box: one('datacite:geoLocationBox', {
      west: one('datacite:westBoundLongitude', decimal),
      east: one('datacite:eastBoundLongitude', decimal),
      south: one('datacite:southBoundLatitude', decimal),
      north: one('datacite:northBoundLatitude', decimal),
    }),
    places: many('datacite:geoLocationPlace', text),
  }),
  fundingReferences: many('jpcoar:fundingReference', {
    funderIdentifier: one('jpcoar:funderIdentifier', {
      value: content(text),
      type: requiredAttribute('funderIdentifierType', term('funderIdentifierTypes')),
      typeUri: attribute('funderIdentifierTypeURI', uri),
    }),
    funderNames: many('jpcoar:funderName', inLanguage),
    streamIdentifier: one('jpcoar:fundingStreamIdentifier', {
      value: content(text),
      type: attribute('fundingStreamIdentifierType', term('fundingStreamIdentifierTypes')),
      typeUri: attribute('fundingStreamIdentifierTypeURI', uri),
    }),
    streams: many('jpcoar:fundingStream', inLanguage),
    awardNumber: one('jpcoar:awardNumber', {
      value: content(text),
      uri: attribute('awardURI', uri),
      type: attribute('awardNumberType', text),
    }),
    awardTitles: many('jpcoar:awardTitle', inLanguage),
  }),
  sourceIdentifiers: many('jpcoar:sourceIdentifier', {
    value: content(text),
    type: requiredAttribute('identifierType', term('sourceIdentifierTypes')),
  }),
  editions: many('dcndl:edition', inLanguage),
  volumeTitles: many('dcndl:volumeTitle', inLanguage),
  originalLanguages: many('dcndl:originalLanguage', text),
  extents: many('dcterms:extent', inLanguage),
  formats: many('jpcoar:format', inLanguage),
  holdingAgent: one('jpcoar:holdingAgent', {
    identifier: one('jpcoar:holdingAgentNameIdentifier', {
      value: content(text),
      scheme: requiredAttribute('nameIdentifierScheme', term('holdingAgentSchemes')),
      uri: attribute('nameIdentifierURI', uri),
      lang: attribute('xml:lang', text),
    }),
    names: many('jpcoar:holdingAgentName', inLanguage),
  }),
  datasetSeries: one('jpcoar:datasetSeries', flag),
  sourceTitles: many('jpcoar:sourceTitle', inLanguage),
  volume: one('jpcoar:volume', text),
  issue: one('jpcoar:issue', text),
  numPages: one('jpcoar:numPages', page),
  pageStart: one('jpcoar:pageStart', page),
  pageEnd: one('jpcoar:pageEnd', page),
  dissertationNumber: one('dcndl:dissertationNumber', text),
  degreeNames: many('dcndl:degreeName', inLanguage),
  dateGranted: one('dcndl:dateGranted', text),
  degreeGrantors: many('jpcoar:degreeGrantor', organisation('jpcoar:degreeGrantorName')),
  conferences: many('jpcoar:conference', {
    names: many('jpcoar:conferenceName', inLanguage),
    sequence: one('jpcoar:conferenceSequence', whole),
    sponsors: many('jpcoar:conferenceSponsor', inLanguage),
    date: one('jpcoar:conferenceDate', {
      ...inLanguage,
      startDay: attribute('startDay', twoDigits),
      startMonth: attribute('startMonth', twoDigits),
      startYear: attribute('startYear', whole),
      endDay: attribute('endDay', twoDigits),
      endMonth: attribute('endMonth', twoDigits),
      endYear: attribute('endYear', whole),
    }),
    venues: many('jpcoar:conferenceVenue', inLanguage),
    places: many('jpcoar:conferencePlace', inLanguage),
    country: one('jpcoar:conferenceCountry', text),
  }),
  files: many('jpcoar:file', file),
  catalog: one('jpcoar:catalog', {
    contributors: many('jpcoar:contributor', contributor),
    identifiers: many('jpcoar:identifier', identifier),
    titles: many('dc:title', inLanguage),
    descriptions: many('datacite:description', description),
    subjects: many('jpcoar:subject', subject),
    licenses: many('jpcoar:license', {
      ...inLanguage,
      type: requiredAttribute('licenseType', term('licenseTypes')),
      uri: attribute('rdf:resource', uri),
    }),
    rights: many('dc:rights', rights),
    accessRights: one('dcterms:accessRights', accessRights),
    file: one('jpcoar:file', file),
  }),
}
