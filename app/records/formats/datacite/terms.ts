import type { Record } from '../../model.ts'

type Relation = Record['relations'][number]
type RelationType = NonNullable<Relation['type']>
type RelatedIdentifier = NonNullable<Relation['identifier']>

/** JPCOAR's kinds of relation in DataCite's words (4.6, appendix 1, relationType). */
export const RELATION_TYPES: { readonly [type in RelationType]: string } = {
  inSeries: 'IsPartOf',
  isCitedBy: 'IsCitedBy',
  cites: 'Cites',
  isVersionOf: 'IsVersionOf',
  hasVersion: 'HasVersion',
  isPartOf: 'IsPartOf',
  hasPart: 'HasPart',
  isReferencedBy: 'IsReferencedBy',
  references: 'References',
  isFormatOf: 'IsVariantFormOf',
  hasFormat: 'IsOriginalFormOf',
  isReplacedBy: 'IsObsoletedBy',
  replaces: 'Obsoletes',
  isRequiredBy: 'IsRequiredBy',
  requires: 'Requires',
  isSupplementTo: 'IsSupplementTo',
  isSupplementedBy: 'IsSupplementedBy',
  isIdenticalTo: 'IsIdenticalTo',
  isDerivedFrom: 'IsDerivedFrom',
  isSourceOf: 'IsSourceOf',
  isCollectedBy: 'IsCollectedBy',
  collects: 'Collects',
  continues: 'Continues',
  isContinuedBy: 'IsContinuedBy',
  isTranslationOf: 'IsTranslationOf',
  hasTranslation: 'HasTranslation',
}

/** Kinds of identifier that both know; of others, those that are addresses are URLs. */
export const IDENTIFIER_TYPES: { readonly [type in RelatedIdentifier['type']]?: string } = {
  ARK: 'ARK',
  arXiv: 'arXiv',
  CSTR: 'CSTR',
  DOI: 'DOI',
  HDL: 'Handle',
  ISBN: 'ISBN',
  ISSN: 'ISSN',
  PISSN: 'ISSN',
  EISSN: 'EISSN',
  PMID: 'PMID',
  PURL: 'PURL',
  RRID: 'RRID',
}

type FunderIdentifier = NonNullable<Record['fundingReferences'][number]['funderIdentifier']>

export const FUNDER_TYPES: { readonly [type in FunderIdentifier['type']]: string } = {
  'Crossref Funder': 'Crossref Funder ID',
  'e-Rad_funder': 'Other',
  GRID: 'GRID',
  ISNI: 'ISNI',
  ROR: 'ROR',
  Other: 'Other',
}

/** Where a scheme of identifiers is at home. */
export const SCHEME_ADDRESSES: { readonly [scheme: string]: string } = {
  ORCID: 'https://orcid.org/',
  ISNI: 'https://isni.org/',
  VIAF: 'https://viaf.org/',
  GRID: 'https://www.grid.ac/',
  ROR: 'https://ror.org/',
}
