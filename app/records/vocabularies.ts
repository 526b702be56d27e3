/**
 * Controlled terms of JPCOAR 2.1 (JPCOAR/schema, 2.1/jpcoar_scm.xsd) and the COAR concepts behind them; and one list
 * of 1.0 that has no successor.
 * Every place that reads, writes or shows a term takes it from here.
 */

const COAR = 'http://purl.org/coar'

/** A table of term → COAR id, whose keys are the terms in the order of the schema. */
const terms = <T extends Record<string, string>>(table: T) =>
  Object.keys(table) as unknown as readonly [keyof T & string, ...(keyof T & string)[]]

const accessRightIds = {
  'embargoed access': 'c_f1cf',
  'metadata only access': 'c_14cb',
  'open access': 'c_abf2',
  'restricted access': 'c_16ec',
} as const

const versionTypeIds = {
  AO: 'c_b1a7d7d4d402bcce',
  SMUR: 'c_71e4c1898caa6e32',
  AM: 'c_ab4af688f83e57aa',
  P: 'c_fa2ee174bc00049f',
  VoR: 'c_970fb48d4fbd8a85',
  CVoR: 'c_e19f295774971610',
  EVoR: 'c_dc82b40f9837b551',
  NA: 'c_be7fb7dd8ff6fe43',
} as const

const resourceTypeIds = {
  'conference paper': 'c_5794',
  'data paper': 'c_beb9',
  'departmental bulletin paper': 'c_6501',
  editorial: 'c_b239',
  journal: 'c_0640',
  'journal article': 'c_6501',
  newspaper: 'c_2fe3',
  'review article': 'c_dcae04bc',
  'other periodical': 'QX5C-AR31',
  'software paper': 'c_7bab',
  article: 'c_6501',
  'magazine article': '43KC-T6DC',
  book: 'c_2f33',
  'book part': 'c_3248',
  'cartographic material': 'c_12cc',
  map: 'c_12cd',
  'conference output': 'c_c94f',
  'conference presentation': 'R60J-J5BD',
  'conference proceedings': 'c_f744',
  'conference poster': 'c_6670',
  'aggregated data': 'ACF7-8YT9',
  'clinical trial data': 'c_cb28',
  'compiled data': 'FXF3-D3G7',
  dataset: 'c_ddb1',
  'encoded data': 'AM6W-6QAW',
  'experimental data': '63NG-B465',
  'genomic data': 'A8F1-NPV9',
  'geospatial data': '2H0M-X761',
  'laboratory notebook': 'H41Y-FW7B',
  'measurement and test data': 'DD58-GFSX',
  'observational data': 'FF4C-28RK',
  'recorded data': 'CQMR-7K63',
  'simulation data': 'W2XT-7017',
  'survey data': 'NHD0-W6SY',
  image: 'c_c513',
  'still image': 'c_ecc8',
  'moving image': 'c_8a7e',
  video: 'c_12ce',
  sound: 'c_18cc',
  lecture: 'c_8544',
  'musical notation': 'c_18cw',
  patent: 'c_15cd',
  'design patent': 'C53B-JCY5',
  'PCT application': 'SB3Y-W4EH',
  'plant patent': 'Z907-YMBB',
  'plant variety protection': 'GPQ7-G5VE',
  'software patent': 'MW8G-3CR8',
  trademark: 'H6QP-SC1X',
  'utility model': '9DKX-KSAF',
  report: 'c_93fc',
  'research report': 'c_18ws',
  'technical report': 'c_18gh',
  'policy report': 'c_186u',
  'working paper': 'c_8042',
  'data management plan': 'c_ab20',
  thesis: 'c_46ec',
  'bachelor thesis': 'c_7a1f',
  'master thesis': 'c_bdcc',
  'doctoral thesis': 'c_db06',
  commentary: 'D97F-VB57',
  design: '542X-3S04',
  'industrial design': 'JBNF-DYAD',
  'layout design': 'BW7T-YM2G',
  'interactive resource': 'c_e9a0',
  'learning object': 'c_e059',
  manuscript: 'c_0040',
  'peer review': 'H9BQ-739P',
  'research proposal': 'c_baaf',
  'research protocol': 'YZ1N-ZFT9',
  software: 'c_5ce6',
  'source code': 'QH80-2R4E',
  'technical documentation': 'c_71bd',
  transcription: '6NC7-GK9S',
  workflow: 'c_393c',
  other: 'c_1843',
  'archival collection': 'YC9F-HGCF',
  collection: 'RMP5-3GQ6',
  'court documents': '1YTN-RJZE',
  'knowledge synthesis protocol': 'DX5J-TA9R',
  'artistic work': 'F8RT-TJK0',
  'knowledge organization system': 'GSZA-Y7V7',
  'physical sample': 'S7R1-K5P0',
  'research instrument': '8KJG-QS0Y',
} as const

export const accessRights = terms(accessRightIds)
export const versionTypes = terms(versionTypeIds)
export const resourceTypes = terms(resourceTypeIds)

export type AccessRight = keyof typeof accessRightIds
export type VersionType = keyof typeof versionTypeIds
export type ResourceType = keyof typeof resourceTypeIds

/** COAR Access Rights 1.0. */
export const accessRightUri = (term: AccessRight) => `${COAR}/access_right/${accessRightIds[term]}`
/** COAR Version Types 1.1. */
export const versionTypeUri = (term: VersionType) => `${COAR}/version/${versionTypeIds[term]}`
/** COAR Resource Types 3.2. */
export const resourceTypeUri = (term: ResourceType) => `${COAR}/resource_type/${resourceTypeIds[term]}`

export const nameTypes = ['Organizational', 'Personal'] as const
/** `rioxxterms:apc` (JPCOAR/schema, 1.0/rioxxterms.xsd). */
export const apcStates = ['Paid', 'Partially waived', 'Fully waived', 'Not charged', 'Not required', 'Unknown'] as const
export const contributorTypes = [
  'ContactPerson',
  'DataCollector',
  'DataCurator',
  'DataManager',
  'Distributor',
  'Editor',
  'HostingInstitution',
  'Producer',
  'ProjectLeader',
  'ProjectManager',
  'ProjectMember',
  'RelatedPerson',
  'Researcher',
  'ResearchGroup',
  'Sponsor',
  'Supervisor',
  'Translator',
  'WorkPackageLeader',
  'Other',
] as const
export const nameIdentifierSchemes = [
  'e-Rad_Researcher',
  'NRID',
  'ORCID',
  'ISNI',
  'VIAF',
  'AID',
  'kakenhi',
  'Ringgold',
  'GRID',
  'ROR',
] as const
export const holdingAgentSchemes = [
  'kakenhi',
  'ISNI',
  'Ringgold',
  'GRID',
  'ROR',
  'FANO',
  'ISIL',
  'MARC',
  'OCLC',
] as const
export const subjectSchemes = [
  'BSH',
  'DDC',
  'e-Rad_field',
  'JEL',
  'LCC',
  'LCSH',
  'MeSH',
  'NDC',
  'NDLC',
  'NDLSH',
  'SciVal',
  'UDC',
  'Other',
] as const
export const descriptionTypes = ['Abstract', 'Methods', 'TableOfContents', 'TechnicalInfo', 'Other'] as const
export const dateTypes = [
  'Accepted',
  'Available',
  'Collected',
  'Copyrighted',
  'Coverage',
  'Created',
  'Issued',
  'Submitted',
  'Updated',
  'Valid',
] as const
export const identifierTypes = ['DOI', 'HDL', 'URI'] as const
export const registrationAgencies = ['JaLC', 'Crossref', 'DataCite', 'PMID'] as const
export const relatedIdentifierTypes = [
  'ARK',
  'arXiv',
  'CRID',
  'CSTR',
  'DOI',
  'HDL',
  'ICHUSHI',
  'ISBN',
  'J-GLOBAL',
  'Local',
  'PISSN',
  'EISSN',
  'ISSN',
  'NAID',
  'NCID',
  'PMID',
  'PURL',
  'RRID',
  'SCOPUS',
  'URI',
  'WOS',
] as const
/** 2.1 spells `cites`, 2.0 `Cites`: the model holds 2.1's. */
export const relationTypes = [
  'inSeries',
  'isCitedBy',
  'cites',
  'isVersionOf',
  'hasVersion',
  'isPartOf',
  'hasPart',
  'isReferencedBy',
  'references',
  'isFormatOf',
  'hasFormat',
  'isReplacedBy',
  'replaces',
  'isRequiredBy',
  'requires',
  'isSupplementTo',
  'isSupplementedBy',
  'isIdenticalTo',
  'isDerivedFrom',
  'isSourceOf',
  'isCollectedBy',
  'collects',
  'continues',
  'isContinuedBy',
  'isTranslationOf',
  'hasTranslation',
] as const
export const funderIdentifierTypes = ['Crossref Funder', 'e-Rad_funder', 'GRID', 'ISNI', 'ROR', 'Other'] as const
export const fundingStreamIdentifierTypes = ['Crossref Funder', 'JGN_fundingStream'] as const
export const sourceIdentifierTypes = ['PISSN', 'EISSN', 'ISSN', 'NCID', 'ISBN'] as const
export const objectTypes = [
  'abstract',
  'dataset',
  'fulltext',
  'iiif',
  'software',
  'summary',
  'thumbnail',
  'other',
] as const
export const licenseTypes = ['file', 'metadata', 'thumbnail'] as const
