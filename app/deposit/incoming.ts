import type { Readable } from 'node:stream'
import type { Placing } from '../collections/index.ts'
import type { Finding, Reading } from '../records/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { StorageRoom } from './storage-room.ts'

/** One record as a call brings it, with its files: what every accepted format is read into. */
export interface Incoming {
  /** The depositor's name for it, unique in the institution; absent where a line does not even say that. */
  source: string | undefined
  /** Number of its address, where an institution brings its own. */
  number?: number | undefined
  oaiIdentifier?: string | undefined
  /** Day (YYYY-MM-DD) to publish it on; at once where nothing is said. */
  publicationDate?: string | undefined
  /** The collections that it is to lie in; where nothing is said, it stays in those that it lies in. */
  collections?: Placing[] | undefined
  /** Those that it is put into if it makes a new item. */
  firstCollections?: Placing[] | undefined
  /** Where it, or the file of a name, was to be found before: absolute addresses, or paths with their queries. */
  formerAddresses?: (string | { address: string; file: string })[] | undefined
  reading: Reading
  files: IncomingFiles
  /** Set where it comes from another repository's list, which also tells what is deleted there. */
  harvested?: { deleted: boolean }
  /** Takes in place of a record what an institution's own export brings. */
  restore?: (tenant: Tenant, room: StorageRoom) => Promise<Outcome>
}

/** Files that a record may speak of: those that came with it, or those that its item has. */
export interface Files<F> {
  /** Files that lie in the record's own folder, by their path in it. */
  folder: ReadonlyMap<string, F>
  /** The file at a path relative to the record. */
  at(path: string): { name: string; file: F } | undefined
}

/** The files that came with a record. */
export type IncomingFiles = Files<IncomingFile>

export interface IncomingFile {
  /** Opens the bytes, each time from the beginning. */
  open(): Promise<Readable>
}

export const noFiles: IncomingFiles = { folder: new Map(), at: () => undefined }

/** What became of a record: a line of the answer. */
export interface Outcome {
  source: string | null
  status: 'imported' | 'updated' | 'unchanged' | 'withdrawn' | 'rejected'
  item?: { number: number; url: string }
  warnings: Finding[]
  errors: Finding[]
}
