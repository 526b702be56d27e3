import type { ScanState } from '../platform/database/index.ts'
import type { Record } from '../records/model.ts'
import type { AccessRight } from '../records/vocabularies.ts'

/**
 * What a reader may see of an item: everything that an output format or a page is made from, and nothing else.
 * Output formats are pure functions of it.
 */
export interface Dissemination {
  number: number
  /** Absolute address of the item, or of the version when `version` is set. */
  url: string
  /** Given at first publication, never changed: `oai:<host>:<number>`. Absent while the item was never public. */
  oaiIdentifier?: string
  record: Record
  /** Files in their order, as far as this reader may know of them. */
  files: DisseminatedFile[]
  /** Files that nobody may have before they have passed the scan for viruses, as far as this reader may know of them. */
  held: DisseminatedFile[]
  /** How often scans have changed what is known of its files. */
  scans: number
  /** Access state now, derived from the files (or from what was imported, where there are none). */
  access: { right: AccessRight /** Day (YYYY-MM-DD) until which an embargo holds. */; until?: string }
  /** Day (YYYY-MM-DD) on which it is or was published here. */
  publicationDate: string
  revision: number
  updatedAt: Date
  /** Set when this is a version made to be cited and not the item as it stands. */
  version?: MadeVersion
  /** All versions that can be cited, the newest first. */
  versions: MadeVersion[]
}

export interface MadeVersion {
  version: number
  madeAt: Date
  /** Absolute address. */
  url: string
}

/** Access of one file: `link` has its bytes elsewhere. */
export type FileAccess = 'open' | 'embargoed' | 'signed-in' | 'closed' | 'link'

export interface DisseminatedFile {
  name: string
  /** What readers see; the name where the record has no label. */
  label: string
  /** Absolute: our download address, or where a link leads. */
  url: string
  access: FileAccess
  /** Day (YYYY-MM-DD) on which an embargo ends or ended. */
  until?: string
  /** Whether this reader may have the bytes now. */
  readable: boolean
  /** JPCOAR's objectType: fulltext, dataset, abstract, … */
  objectType?: Record['files'][number]['objectType']
  /** Media type; for a link, what its record says. */
  type?: string
  /** Bytes. Absent for links. */
  size?: number
  /** SHA-256, hexadecimal. Absent for links. */
  sha256?: string
  /** What the scan for viruses says, for those who may know; for others, of a file that is held, that it waits. */
  scan?: Exclude<ScanState, 'unseen'>
  /** What was found, or why it could not be looked at; for staff. */
  finding?: string
  /** Extents, dates and version as the record's own entry for this file says them. */
  described?: Record['files'][number]
}

/** What remains to be seen of an item that was withdrawn or deleted. */
export interface Tombstone {
  number: number
  url: string
  titles: Record['titles']
  status: 'withdrawn' | 'deleted'
  at: Date
  reason?: string
}
