import type { ResourceType } from '../../vocabularies.ts'
import type { CslItem } from '../csl/item.ts'
import type { CitationRun } from './runs.ts'
import type { Words } from './words.ts'

/** A work that is to be cited. */
export interface Cited {
  work: CslItem
  term: ResourceType
  words: Words
  /** Four digits. */
  year: string
  /** Its DOI; not of a version, which is not what the DOI stands for. */
  doi?: string | undefined
  /** The address of the DOI; the item's or the version's own where there is none. */
  link: string
  /** "34–57", and whether these are more than one. */
  pages?: { text: string; many: boolean } | undefined
  /** For what stands alone: series and number in it, "Fictional Institute Reports 5". */
  series?: string | undefined
  /** In what: journal, book, proceedings; for what was presented and not printed, the event. */
  container?: string | undefined
}

/** A style: all that it writes of a work. */
export type Style = (cited: Cited) => CitationRun[]
