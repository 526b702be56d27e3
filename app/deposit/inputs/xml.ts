import { z } from 'zod'
import { Problem } from '../../platform/problem.ts'
import { isOaiPmh, readJpcoar } from '../../records/index.ts'
import { noFiles } from '../incoming.ts'
import { collectionIds, formerAddresses, oaiIdentifier, publicationDate, source } from '../parameters.ts'
import type { Call, Input } from './index.ts'
import { readOaiRecords } from './oai-pmh.ts'
import { LONGEST_XML } from './record-xml.ts'

const Query = z.strictObject({
  source,
  number: z.coerce.number().int().min(1).max(99_999_999).optional(),
  oaiIdentifier: oaiIdentifier.optional(),
  publicationDate: publicationDate.optional(),
  collections: collectionIds.optional(),
  /** May be given several times. */
  formerAddresses: formerAddresses.optional(),
})

/** One record, or an answer of OAI-PMH with any number of them: the root tells which. */
export const xml: Input = {
  types: ['application/xml', 'text/xml'],
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
async function* readOne({ body, query, queries: { formerAddresses } }: Call) {
  const parameters = Query.safeParse({ ...query, formerAddresses })
  if (!parameters.success) throw new Problem(422, 'Invalid', z.prettifyError(parameters.error))
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > LONGEST_XML) throw new Problem(413, 'Too large', `A record may have ${LONGEST_XML} bytes at most.`)
    chunks.push(chunk)
  }
  yield { ...parameters.data, reading: readJpcoar(Buffer.concat(chunks)), files: noFiles }
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
