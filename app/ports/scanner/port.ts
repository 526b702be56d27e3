import type { Readable } from 'node:stream'
import { Unavailable } from '../../platform/unavailable.ts'

/** What a scanner says of contents. */
export interface Verdict {
  /** `unscannable`: it is too large for the scanner, holds more than it unpacks, or is locked with a password. */
  state: 'clean' | 'infected' | 'unscannable'
  /** What was found, by the scanner's name for it; or why it could not be looked at. */
  finding?: string
  /** The scanner's version and that of its signatures, as it says them itself. */
  signatures?: string
}

/** What looks for viruses in contents. */
export interface Scanner {
  /**
   * Looks at contents. They are opened once the scanner is there, and sent as fast as it takes them.
   *
   * @param size bytes that there must be: contents that end before are not judged.
   * @throws ScannerUnavailable if there is no verdict; and what opening, reading or `stop` throws.
   */
  scan(size: number, open: () => Promise<Readable>, stop?: AbortSignal): Promise<Verdict>
}

/** The scanner cannot be reached, did not answer in time, or could not do its work: nothing is known of the contents. */
export class ScannerUnavailable extends Unavailable {
  override name = 'ScannerUnavailable'
  constructor(why: string, options?: ErrorOptions) {
    super(`the scanner is unavailable: ${why}`, options)
  }
}
