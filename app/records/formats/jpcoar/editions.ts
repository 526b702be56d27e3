import type * as vocabulary from '../../vocabularies.ts'
import type { AnyValue } from './shapes.ts'
import { calendarDate, text } from './values.ts'

/** The names of the vocabularies that JPCOAR controls. */
export type VocabularyName = {
  [Name in keyof typeof vocabulary]: (typeof vocabulary)[Name] extends readonly string[] ? Name : never
}[keyof typeof vocabulary]

/**
 * One published edition of the JPCOAR schema, as far as it differs from what `elements.ts` describes: 2.1, with what
 * earlier editions had besides.
 */
export interface Edition {
  version: string
  namespace: string
  /** Another namespace by which repositories name it: it is read, and never written. */
  alias: string
  /** The address where the schema can be fetched. */
  schema: string
  /** The namespace of each prefix other than `jpcoar`, in the order in which a document declares them. */
  namespaces: { readonly [prefix: string]: string }
  /** Elements and attributes that the edition does not have: they are not written. */
  without: readonly string[]
  /** Elements that have another name in the edition. */
  renamed: { readonly [element: string]: string }
  /** Elements whose content is of another type in the edition. */
  contents: { readonly [element: string]: AnyValue }
  /**
   * How the edition writes terms of the model that it does not have: in its own spelling, by the nearest term that it
   * has, or (null) not at all, and then an attribute or element that needs the term is left out.
   */
  instead: { readonly [Name in VocabularyName]?: { readonly [term: string]: string | null } }
  /** What terms that only this edition has are taken for when they are read: a wider term. */
  retired: { readonly [Name in VocabularyName]?: { readonly [term: string]: string } }
  /** The concepts of terms that this edition has and the vocabulary of the model has not. */
  concepts: { readonly [term: string]: string }
}

/** The repository's own page about the schema file would be HTML. */
const schemaOf = (version: string) => `https://raw.githubusercontent.com/JPCOAR/schema/master/${version}/jpcoar_scm.xsd`
const namespaceOf = (version: string) => `https://github.com/JPCOAR/schema/blob/master/${version}/`
/** What WEKO3 announces for some of its prefixes. */
const aliasOf = (version: string) => `https://irdb.nii.ac.jp/schema/jpcoar/${version}/`

const NAMESPACES = {
  dc: 'http://purl.org/dc/elements/1.1/',
  dcterms: 'http://purl.org/dc/terms/',
  datacite: 'https://schema.datacite.org/meta/kernel-4/',
  oaire: 'http://namespace.openaire.eu/schema/oaire/',
  dcndl: 'http://ndl.go.jp/dcndl/terms/',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
}

/** Every term of the list by one other. */
const all = (terms: readonly string[], instead: string) => Object.fromEntries(terms.map((term) => [term, instead]))

/** JPCOAR/schema, 2.1/jpcoar_scm.xsd. */
export const JPCOAR_2_1: Edition = {
  version: '2.1',
  namespace: namespaceOf('2.1'),
  alias: aliasOf('2.1'),
  schema: schemaOf('2.1'),
  namespaces: NAMESPACES,
  without: ['rioxxterms:apc'],
  renamed: {},
  contents: {},
  instead: {},
  retired: {},
  concepts: {},
}

/** JPCOAR/schema, 2.0/jpcoar_scm.xsd. */
export const JPCOAR_2_0: Edition = {
  ...JPCOAR_2_1,
  version: '2.0',
  namespace: namespaceOf('2.0'),
  alias: aliasOf('2.0'),
  schema: schemaOf('2.0'),
  instead: {
    contributorTypes: { Translator: 'Other' },
    dateTypes: { Coverage: null },
    relatedIdentifierTypes: { CSTR: 'Local', RRID: 'Local' },
    relationTypes: {
      cites: 'Cites',
      isCollectedBy: 'isPartOf',
      collects: 'hasPart',
      continues: null,
      isContinuedBy: null,
      isTranslationOf: 'isVersionOf',
      hasTranslation: 'hasVersion',
    },
    resourceTypes: {
      'archival collection': 'other',
      'artistic work': 'other',
      collection: 'other',
      'court documents': 'other',
      'knowledge organization system': 'other',
      'knowledge synthesis protocol': 'research protocol',
      'magazine article': 'article',
      'physical sample': 'other',
      'research instrument': 'other',
    },
    sourceIdentifierTypes: { ISBN: null },
  },
}

/** JPCOAR/schema, 1.0/jpcoar_scm.xsd (1.0.2). */
export const JPCOAR_1_0: Edition = {
  version: '1.0',
  namespace: namespaceOf('1.0'),
  alias: aliasOf('1.0'),
  schema: schemaOf('1.0'),
  namespaces: { ...NAMESPACES, rioxxterms: 'http://www.rioxx.net/schema/v2.0/rioxxterms/' },
  without: [
    'creatorType',
    'nameType',
    'jpcoar:publisher',
    'dcterms:date',
    'funderIdentifierTypeURI',
    'jpcoar:fundingStreamIdentifier',
    'jpcoar:fundingStream',
    'awardNumberType',
    'dcndl:edition',
    'dcndl:volumeTitle',
    'dcndl:originalLanguage',
    'dcterms:extent',
    'jpcoar:format',
    'jpcoar:holdingAgent',
    'jpcoar:datasetSeries',
    'jpcoar:catalog',
  ],
  renamed: { 'jpcoar:funderIdentifier': 'datacite:funderIdentifier', 'jpcoar:awardNumber': 'datacite:awardNumber' },
  contents: { 'datacite:date': calendarDate, 'jpcoar:relatedIdentifier': text },
  instead: {
    ...JPCOAR_2_0.instead,
    funderIdentifierTypes: { 'e-Rad_funder': 'Other', ROR: 'Other' },
    nameIdentifierSchemes: { 'e-Rad_Researcher': 'e-Rad', ROR: null },
    objectTypes: { iiif: 'other' },
    relatedIdentifierTypes: all(['CRID', 'CSTR', 'ISSN', 'NCID', 'RRID'], 'Local'),
    relationTypes: {
      ...JPCOAR_2_0.instead.relationTypes,
      inSeries: 'isPartOf',
      isCitedBy: 'isReferencedBy',
      cites: 'references',
    },
    resourceTypes: {
      ...JPCOAR_2_0.instead.resourceTypes,
      // Of two that are written alike, the first is what the term is read as.
      journal: 'periodical',
      'other periodical': 'periodical',
      'conference output': 'conference object',
      'conference presentation': 'conference object',
      ...all(
        [
          'aggregated data',
          'clinical trial data',
          'compiled data',
          'encoded data',
          'experimental data',
          'genomic data',
          'geospatial data',
          'laboratory notebook',
          'measurement and test data',
          'observational data',
          'recorded data',
          'simulation data',
          'survey data',
        ],
        'dataset',
      ),
      ...all(
        ['design patent', 'PCT application', 'plant patent', 'plant variety protection', 'software patent'],
        'patent',
      ),
      'utility model': 'patent',
      'source code': 'software',
      ...all(
        [
          'commentary',
          'design',
          'industrial design',
          'knowledge synthesis protocol',
          'layout design',
          'peer review',
          'research protocol',
          'trademark',
          'transcription',
        ],
        'other',
      ),
    },
    subjectSchemes: { 'e-Rad_field': 'Other', JEL: 'Other', SciVal: 'Sci-Val' },
  },
  retired: {
    contributorTypes: all(['RegistrationAgency', 'RegistrationAuthority'], 'Other'),
    resourceTypes: { interview: 'other', 'internal report': 'report', 'report part': 'report' },
  },
  concepts: {
    periodical: 'http://purl.org/coar/resource_type/c_2659',
    'conference object': 'http://purl.org/coar/resource_type/c_c94f',
  },
}

/** Every edition, each of which is read and written. */
export const EDITIONS: readonly Edition[] = [JPCOAR_1_0, JPCOAR_2_0, JPCOAR_2_1]
