import { Problem } from '../../platform/problem.ts'
import { isOaiPmh, readJpcoar } from '../../records/index.ts'
import { noFiles } from '../incoming.ts'
import type { Call, Input } from './index.ts'
import { readOaiRecords } from './oai-pmh.ts'
import { LONGEST_XML } from './record-xml.ts'

/** One record, or an answer of OAI-PMH with any number of them: the root tells which. */
export const xml: Input = {
  types: ['application/xml', 'text/xml'],
  bare: true,
  async *read(call) {
    const { beginning, body, end } = await peek(call.body)
    try {
      yield* (isOaiPmh(beginning) ? readOaiRecords : readOne)({ ...call, body })
    } finally {
      await end()
    }
  },
}

/** One record as XML; the query says what a line of JSON would say beside it. */
async function* readOne({ body, beside: { source, ...beside } }: Call) {
  if (source === undefined) throw new Problem(422, 'Invalid', 'The query must name the record: ?source=…')
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > LONGEST_XML) throw new Problem(413, 'Too large', `A record may have ${LONGEST_XML} bytes at most.`)
    chunks.push(chunk)
  }
  yield { source, ...beside, reading: readJpcoar(Buffer.concat(chunks)), files: noFiles }
}

/** Bytes in which the root's tag is looked for. */
const BEGINNING = 64 * 1024

/** How a body begins, all of it, and what gives up the rest. */
async function peek(body: AsyncIterable<Uint8Array>) {
  const chunks = body[Symbol.asyncIterator]()
  let beginning = new Uint8Array()
  while (beginning.length < BEGINNING) {
    const { value, done } = await chunks.next()
    if (done) break
    beginning = Buffer.concat([beginning, value])
  }
  async function* whole() {
    yield beginning
    yield* { [Symbol.asyncIterator]: () => chunks }
  }
  return { beginning: beginning.subarray(0, BEGINNING), body: whole(), end: () => chunks.return?.(undefined) }
}
