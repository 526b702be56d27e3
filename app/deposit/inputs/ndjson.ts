import { lines } from '../../platform/pieces.ts'
import type { Incoming } from '../incoming.ts'
import type { Input } from './index.ts'
import { Malformed, readLine, wrong } from './line.ts'

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
