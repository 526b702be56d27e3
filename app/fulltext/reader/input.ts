import { fstatSync, readSync } from 'node:fs'

/** The file to be read: what the parent has opened as standard input. */
export const FD = 0

export const inputSize = (): number => fstatSync(FD).size

/** Bytes `start` to `end` (not included); fewer where the file ends before. */
export function readRange(start: number, end: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(end - start)
  let filled = 0
  while (filled < bytes.length) {
    const read = readSync(FD, bytes, filled, bytes.length - filled, start + filled)
    if (read === 0) break
    filled += read
  }
  return bytes.subarray(0, filled)
}

/** Bytes that are read at a time. */
const CHUNK = 2 ** 20

/** The file's bytes from `start`, piece by piece. */
export function* readFrom(start: number): Generator<Uint8Array<ArrayBuffer>> {
  for (let at = start; ; ) {
    const chunk = readRange(at, at + CHUNK)
    if (chunk.length === 0) return
    yield chunk
    at += chunk.length
  }
}
