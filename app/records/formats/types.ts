import type { ResourceType } from '../vocabularies.ts'

/** What other vocabularies call a kind of resource. */
export interface TypeElsewhere {
  /** CSL 1.0.2, appendix III. */
  csl: CslType
  /** DataCite 4.6, appendix 1, resourceTypeGeneral. */
  dataCite: string
  /** A type of schema.org. */
  schemaOrg: string
}

export type CslType =
  | 'article'
  | 'article-journal'
  | 'article-magazine'
  | 'article-newspaper'
  | 'book'
  | 'chapter'
  | 'collection'
  | 'dataset'
  | 'document'
  | 'graphic'
  | 'manuscript'
  | 'map'
  | 'motion_picture'
  | 'musical_score'
  | 'paper-conference'
  | 'patent'
  | 'periodical'
  | 'report'
  | 'review'
  | 'software'
  | 'song'
  | 'speech'
  | 'thesis'
  | 'webpage'

const as = (csl: CslType, dataCite: string, schemaOrg: string): TypeElsewhere => ({ csl, dataCite, schemaOrg })

const article = as('article-journal', 'JournalArticle', 'ScholarlyArticle')
const data = as('dataset', 'Dataset', 'Dataset')
const patent = as('patent', 'Other', 'CreativeWork')
const report = as('report', 'Report', 'Report')
const thesis = as('thesis', 'Dissertation', 'Thesis')
const image = as('graphic', 'Image', 'ImageObject')
const film = as('motion_picture', 'Audiovisual', 'VideoObject')
const software = as('software', 'Software', 'SoftwareSourceCode')
const other = as('document', 'Other', 'CreativeWork')

/** Every kind of resource, as others call it; the nearest where they have no word of their own. */
export const elsewhere: { readonly [type in ResourceType]: TypeElsewhere } = {
  'conference paper': as('paper-conference', 'ConferencePaper', 'ScholarlyArticle'),
  'data paper': as('article-journal', 'DataPaper', 'ScholarlyArticle'),
  'departmental bulletin paper': article,
  editorial: article,
  journal: as('periodical', 'Journal', 'Periodical'),
  'journal article': article,
  newspaper: as('periodical', 'Text', 'Newspaper'),
  'review article': article,
  'other periodical': as('periodical', 'Text', 'Periodical'),
  'software paper': article,
  article: as('article', 'Text', 'Article'),
  'magazine article': as('article-magazine', 'Text', 'Article'),
  book: as('book', 'Book', 'Book'),
  'book part': as('chapter', 'BookChapter', 'Chapter'),
  'cartographic material': as('map', 'Image', 'Map'),
  map: as('map', 'Image', 'Map'),
  'conference output': as('speech', 'Text', 'CreativeWork'),
  'conference presentation': as('speech', 'Text', 'PresentationDigitalDocument'),
  'conference proceedings': as('book', 'ConferenceProceeding', 'Book'),
  'conference poster': as('speech', 'Text', 'Poster'),
  'aggregated data': data,
  'clinical trial data': data,
  'compiled data': data,
  dataset: data,
  'encoded data': data,
  'experimental data': data,
  'genomic data': data,
  'geospatial data': data,
  'laboratory notebook': as('manuscript', 'Text', 'CreativeWork'),
  'measurement and test data': data,
  'observational data': data,
  'recorded data': data,
  'simulation data': data,
  'survey data': data,
  image,
  'still image': image,
  'moving image': film,
  video: film,
  sound: as('song', 'Sound', 'AudioObject'),
  lecture: as('speech', 'Event', 'CreativeWork'),
  'musical notation': as('musical_score', 'Other', 'SheetMusic'),
  patent,
  'design patent': patent,
  'PCT application': patent,
  'plant patent': patent,
  'plant variety protection': patent,
  'software patent': patent,
  trademark: other,
  'utility model': patent,
  report,
  'research report': report,
  'technical report': report,
  'policy report': report,
  'working paper': as('report', 'Preprint', 'ScholarlyArticle'),
  'data management plan': as('report', 'OutputManagementPlan', 'Report'),
  thesis,
  'bachelor thesis': thesis,
  'master thesis': thesis,
  'doctoral thesis': thesis,
  commentary: as('article', 'Text', 'Article'),
  design: other,
  'industrial design': other,
  'layout design': other,
  'interactive resource': as('webpage', 'InteractiveResource', 'WebSite'),
  'learning object': as('document', 'Other', 'LearningResource'),
  manuscript: as('manuscript', 'Text', 'Manuscript'),
  'peer review': as('review', 'PeerReview', 'Review'),
  'research proposal': as('document', 'Text', 'CreativeWork'),
  'research protocol': as('document', 'Text', 'CreativeWork'),
  software,
  'source code': software,
  'technical documentation': as('document', 'Text', 'TechArticle'),
  transcription: as('document', 'Text', 'CreativeWork'),
  workflow: as('document', 'Workflow', 'HowTo'),
  other,
  'archival collection': as('collection', 'Collection', 'ArchiveComponent'),
  collection: as('collection', 'Collection', 'Collection'),
  'court documents': as('document', 'Text', 'CreativeWork'),
  'knowledge synthesis protocol': as('document', 'Text', 'CreativeWork'),
  'artistic work': as('graphic', 'Other', 'VisualArtwork'),
  'knowledge organization system': as('document', 'Other', 'DefinedTermSet'),
  'physical sample': as('document', 'PhysicalObject', 'CreativeWork'),
  'research instrument': as('document', 'Instrument', 'CreativeWork'),
}
