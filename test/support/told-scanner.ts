import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { type Scanner, ScannerUnavailable, type Verdict } from '../../app/ports/scanner/port.ts'

/** A scanner that says of contents what it was told to say, where the real one would find what nothing may hold here. */
export class ToldScanner implements Scanner {
  readonly #told = new Map<string, Verdict['state']>()
  gone = false

  tell(content: string, state: Verdict['state']) {
    this.#told.set(content, state)
  }

  async scan(_: number, open: () => Promise<Readable>): Promise<Verdict> {
    if (this.gone) throw new ScannerUnavailable('it was told to be gone')
    const state = this.#told.get(await text(await open())) ?? 'clean'
    return { state, ...(state !== 'clean' && { finding: `Told.${state}` }), signatures: 'told' }
  }
}
