import { gatherPiece } from '../../platform/pieces.ts'
import { Problem } from '../../platform/problem.ts'
import type { Incoming } from '../incoming.ts'
import type { Input } from './index.ts'
import { Malformed, readLine, wrong } from './line.ts'

/**
 * An array of what NDJSON has one a line, or a single such object. The array is cut into its elements as it arrives,
 * and each is read as a line would be: no more than one of them is in memory, and one that is too long is passed over.
 */
export const json: Input = {
  types: ['application/json'],
  async *read({ body }) {
    const { at, chunk, rest } = await firstByte(body)
    if (chunk[0] === ARRAY) yield* readArray(resumed(chunk.subarray(1), rest), at + 1)
    else if (chunk[0] === OBJECT) yield* readObject(resumed(chunk, rest))
    else {
      await rest.return?.()
      throw new Problem(400, 'Not JSON', 'The body must be an array of records, or one record.')
    }
  },
}

const [ARRAY, ARRAY_END, OBJECT, OBJECT_END, COMMA, QUOTE, BACKSLASH] = Buffer.from('[]{},"\\')
/** White space of JSON (RFC 8259, section 2). */
const BLANKS = [...Buffer.from(' \t\r\n')]
/** The bytes of a byte order mark, which a parser may pass over (RFC 8259, section 8.1). */
const MARK = [...Buffer.from('\ufeff')]

/** The body from the first byte on that says something; an empty chunk if there is none. */
async function firstByte(body: AsyncIterable<Uint8Array>) {
  const rest = body[Symbol.asyncIterator]()
  let at = 0
  for (let next = await rest.next(); !next.done; next = await rest.next()) {
    const chunk = next.value
    const begin = chunk.findIndex((byte) => !BLANKS.includes(byte) && !MARK.includes(byte))
    if (begin !== -1) return { at: at + begin, chunk: chunk.subarray(begin), rest }
    at += chunk.length
  }
  return { at, chunk: new Uint8Array(), rest }
}

async function* resumed(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield first
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}

async function* readObject(body: AsyncIterable<Uint8Array>): AsyncGenerator<Incoming> {
  const piece = gatherPiece()
  for await (const chunk of body) piece.keep(chunk)
  try {
    yield readLine(piece.take()) as Incoming
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    yield wrong(undefined, error.rule, error.message)
  }
}

/**
 * Behind a fault in the JSON nothing can be relied on, so it ends the array: what came before holds, and the rest is
 * read without looking, so that the depositor gets to hear of it.
 */
async function* readArray(body: AsyncIterable<Uint8Array>, at: number): AsyncGenerator<Incoming> {
  let index = 0
  let lost = false
  for await (const { bytes, from, end } of elements(body, at)) {
    if (lost) continue
    const fault = (rule: string, message: string) => {
      lost = true
      return wrong(undefined, rule, `element ${index}, from byte ${from} of the body: ${message}`, `[${index}]`)
    }
    try {
      const incoming = readLine(bytes)
      if (end === 'nothing') yield fault('json.syntax', 'the body ends before the array does')
      else if (end === 'more') yield fault('json.syntax', 'the array has ended, but the body goes on')
      else if (incoming) yield incoming
      else if (end === 'comma' || index > 0) yield fault('json.syntax', 'there is none between the commas')
    } catch (error) {
      if (!(error instanceof Malformed)) throw error
      yield fault(error.rule, end === 'nothing' ? 'the body ends before the array does' : error.message)
    }
    index++
  }
}

interface Element {
  /** Nothing in place of what was too long. */
  bytes: Uint8Array | undefined
  from: number
  /** What follows: another element, the array's end, other than that, or nothing at all. */
  end: 'comma' | 'bracket' | 'more' | 'nothing'
}

/** The bytes between the commas of an array, of which `body` begins behind its bracket, at byte `at`. */
async function* elements(body: AsyncIterable<Uint8Array>, at: number): AsyncGenerator<Element> {
  const piece = gatherPiece()
  let from = at
  let depth = 0
  let quoted = false
  let escaped = false
  let ended = false
  let more: number | undefined
  for await (const chunk of body) {
    let start = 0
    for (let i = 0; i < chunk.length && more === undefined; i++) {
      const byte = chunk[i] as number
      if (ended) {
        if (!BLANKS.includes(byte)) more = at + i
      } else if (quoted) {
        if (escaped) escaped = false
        else if (byte === BACKSLASH) escaped = true
        else if (byte === QUOTE) quoted = false
      } else if (byte === QUOTE) quoted = true
      else if (byte === ARRAY || byte === OBJECT) depth++
      else if (depth > 0 && (byte === ARRAY_END || byte === OBJECT_END)) depth--
      else if (depth === 0 && (byte === COMMA || byte === ARRAY_END)) {
        ended = byte === ARRAY_END
        piece.keep(chunk.subarray(start, i))
        yield { bytes: piece.take(), from, end: ended ? 'bracket' : 'comma' }
        start = i + 1
        from = at + start
      }
    }
    if (!ended) piece.keep(chunk.subarray(start))
    at += chunk.length
  }
  if (!ended) yield { bytes: piece.take(), from, end: 'nothing' }
  else if (more !== undefined) yield { bytes: new Uint8Array(), from: more, end: 'more' }
}
