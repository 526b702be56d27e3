import type { CslType } from '../types.ts'

/** A name as CSL has it: in two parts, or whole. */
export type CslName = { family: string; given: string } | { literal: string }

/** Year, and month and day as far as they are known; twice for a range. */
export interface CslDate {
  'date-parts': number[][]
}

/** A work as CSL describes it (CSL-JSON, schema 1.0.2): what citations, BibTeX and RIS are made from. */
export interface CslItem {
  id: string
  type: CslType
  title?: string
  author?: CslName[]
  editor?: CslName[]
  translator?: CslName[]
  issued?: CslDate
  genre?: string
  'container-title'?: string
  'collection-title'?: string
  volume?: string
  issue?: string
  page?: string
  'page-first'?: string
  'number-of-pages'?: string
  edition?: string
  version?: string
  number?: string
  publisher?: string
  'publisher-place'?: string
  'event-title'?: string
  'event-place'?: string
  'event-date'?: CslDate
  DOI?: string
  URL: string
  ISBN?: string
  ISSN?: string
  abstract?: string
  keyword?: string
  language?: string
  source: string
}
