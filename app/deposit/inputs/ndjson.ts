import type { Incoming } from '../incoming.ts'
import type { Input } from './index.ts'
import { Malformed, readLine, wrong } from './line.ts'
import { gatherPiece } from './pieces.ts'

const LINE_FEED = 0x0a

/** A record a line; a line that is wrong is one record that is rejected. */
export const ndjson: Input = {
  types: ['application/x-ndjson'],
  async *read({ body }) {
    for await (const line of lines(body)) {
      const incoming = readOrReject(line)
      if (incoming) yield incoming
    }
  },
}

function readOrReject(line: Uint8Array | undefined): Incoming | undefined {
  try {
    return readLine(line)
  } catch (error) {
    if (error instanceof Malformed) return wrong(undefined, error.rule, error.message)
    throw error
  }
}

/** The bytes between line feeds; nothing in place of a line that is too long. */
async function* lines(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | undefined> {
  const piece = gatherPiece()
  for await (const chunk of body) {
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      piece.keep(chunk.subarray(start, end))
      yield piece.take()
      start = end + 1
    }
    piece.keep(chunk.subarray(start))
  }
  if (piece.length > 0) yield piece.take()
}
