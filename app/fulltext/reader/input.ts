import { fstatSync, readSync } from 'node:fs'

/** Bytes that can be read from any place. */
export interface Input {
  /** How many there are; infinite where they go on behind what is at hand. */
  size(): number
  /** Bytes `start` to `end` (not included); fewer where they end before. */
  range(start: number, end: number): Uint8Array<ArrayBuffer>
  /** Bytes from `start`, piece by piece. */
  from(start: number): Iterable<Uint8Array<ArrayBuffer>>
}

/** The file to be read: what the parent has opened as standard input. */
export const FD = 0
/** Bytes that are read at a time. */
const CHUNK = 2 ** 20

export const input: Input = {
  size: () => fstatSync(FD).size,
  range(start, end) {
    const bytes = new Uint8Array(end - start)
    let filled = 0
    while (filled < bytes.length) {
      const read = readSync(FD, bytes, filled, bytes.length - filled, start + filled)
      if (read === 0) break
      filled += read
    }
    return bytes.subarray(0, filled)
  },
  *from(start) {
    for (let at = start; ; ) {
      const chunk = input.range(at, at + CHUNK)
      if (chunk.length === 0) return
      yield chunk
      at += chunk.length
    }
  },
}
