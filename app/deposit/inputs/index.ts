import type { Incoming } from '../incoming.ts'
import type { Beside } from '../parameters.ts'
import { json } from './json.ts'
import { ndjson } from './ndjson.ts'
import { csv, tsv } from './tables/index.ts'
import { xml } from './xml.ts'
import { zip } from './zip.ts'

/** One form in which records arrive. */
export interface Input {
  /** Media types that announce it. */
  types: readonly string[]
  /** Its record says nothing but itself: what stands beside it is said in the query. */
  bare?: true
  /**
   * Reads records one by one, each when the one before has been dealt with; what is wrong with a record is said in its
   * `reading`.
   *
   * @throws Problem before the first record, if the body as a whole cannot be read.
   */
  read(call: Call): AsyncGenerator<Incoming>
}

/** What a call brings. */
export interface Call {
  /** The body as it arrives, to be read once; it throws Problem 413 when it grows past `limit` bytes. */
  body: AsyncIterable<Uint8Array>
  /** Bytes that the institution allows one call. */
  limit: number
  /** Folder for a body that cannot be read as it arrives. */
  scratch: string
  /** The charset that the media type names. */
  charset: string | undefined
  /** What the query says of the record, where that is `bare`. */
  beside: Beside
}

const inputs: readonly Input[] = [xml, ndjson, json, csv, tsv, zip]

/** The form that a media type announces. */
export const inputOf = (type: string | undefined): Input | undefined =>
  inputs.find(({ types }) => type !== undefined && types.includes(type))

/** All media types that are understood. */
export const acceptedTypes: readonly string[] = inputs.flatMap(({ types }) => types)

export { template } from './tables/index.ts'
