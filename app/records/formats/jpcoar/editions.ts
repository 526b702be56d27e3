import type * as vocabulary from '../../vocabularies.ts'

/** The names of the vocabularies that JPCOAR controls. */
export type VocabularyName = {
  [Name in keyof typeof vocabulary]: (typeof vocabulary)[Name] extends readonly string[] ? Name : never
}[keyof typeof vocabulary]

/** One published edition of the JPCOAR schema, as far as it differs from the others. */
export interface Edition {
  version: string
  namespace: string
  schema: string
  /**
   * How the edition writes terms of the model that it does not have: in its own spelling, by the nearest term that it
   * has, or (null) not at all, and then an attribute or element that needs the term is left out.
   */
  instead: { readonly [Name in VocabularyName]?: { readonly [term: string]: string | null } }
}

/** The address where the schema can be fetched; its repository's own page about the file would be HTML. */
const schemaOf = (version: string) => `https://raw.githubusercontent.com/JPCOAR/schema/master/${version}/jpcoar_scm.xsd`
const namespaceOf = (version: string) => `https://github.com/JPCOAR/schema/blob/master/${version}/`

export const JPCOAR_2_0: Edition = {
  version: '2.0',
  namespace: namespaceOf('2.0'),
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

const JPCOAR_2_1: Edition = {
  version: '2.1',
  namespace: namespaceOf('2.1'),
  schema: schemaOf('2.1'),
  instead: {},
}

/** Editions that can be read. */
export const EDITIONS: readonly Edition[] = [JPCOAR_2_0, JPCOAR_2_1]

/** The prefix of each namespace that the editions share, in the order in which a document declares them. */
export const NAMESPACES: { readonly [prefix: string]: string } = {
  dc: 'http://purl.org/dc/elements/1.1/',
  dcterms: 'http://purl.org/dc/terms/',
  datacite: 'https://schema.datacite.org/meta/kernel-4/',
  oaire: 'http://namespace.openaire.eu/schema/oaire/',
  dcndl: 'http://ndl.go.jp/dcndl/terms/',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
}
