import { z } from 'zod'
import { parseRecord } from '../../records/index.ts'
import { type Incoming, noFiles } from '../incoming.ts'
import { oaiIdentifier, publicationDate, source } from '../parameters.ts'
import type { Input } from './index.ts'

/** Bytes of one line at most: more than the largest record that the model allows would need. */
const LONGEST_LINE = 20 * 2 ** 20

const LINE_FEED = 0x0a

const Line = z.strictObject({
  source,
  number: z.int().min(1).max(99_999_999).optional(),
  oaiIdentifier: oaiIdentifier.optional(),
  publicationDate: publicationDate.optional(),
  record: z.unknown(),
})

/** A record a line; a line that is wrong is one record that is rejected. */
export const ndjson: Input = { types: ['application/x-ndjson'], read: ({ body }) => readLines(body) }

async function* readLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<Incoming> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const line of lines(body)) {
    if (line === undefined) {
      yield wrong(undefined, 'json.length', `is longer than ${LONGEST_LINE / 2 ** 20} MiB`)
      continue
    }
    let text: string
    try {
      text = decoder.decode(line)
    } catch {
      yield wrong(undefined, 'json.encoding', 'is not UTF-8')
      continue
    }
    if (text.trim() !== '') yield readLine(text)
  }
}

function readLine(line: string): Incoming {
  let content: unknown
  try {
    content = JSON.parse(line)
  } catch (error) {
    return wrong(undefined, 'json.syntax', (error as Error).message)
  }
  const parsed = Line.safeParse(content)
  if (!parsed.success) {
    const { data } = source.safeParse((content as { source?: unknown } | null)?.source)
    const [issue] = parsed.error.issues
    return wrong(data, 'import.parameter', issue?.message ?? 'is wrong', issue?.path.join('.') || '/')
  }
  const { record, ...parameters } = parsed.data
  return { ...parameters, reading: parseRecord(record), files: noFiles }
}

const wrong = (source: string | undefined, rule: string, message: string, path = '/'): Incoming => ({
  source,
  reading: { record: undefined, errors: [{ rule, path, message }], warnings: [] },
  files: noFiles,
})

/** The bytes between line feeds; nothing in place of a line that is longer than `longest` bytes. */
export async function* lines(
  body: AsyncIterable<Uint8Array>,
  longest = LONGEST_LINE,
): AsyncGenerator<Uint8Array | undefined> {
  let parts: Uint8Array[] = []
  let length = 0
  const take = () => {
    const line = length > longest ? undefined : Buffer.concat(parts)
    parts = []
    length = 0
    return line
  }
  const keep = (part: Uint8Array) => {
    length += part.length
    if (length <= longest) parts.push(part)
    else parts = []
  }
  for await (const chunk of body) {
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      keep(chunk.subarray(start, end))
      yield take()
      start = end + 1
    }
    keep(chunk.subarray(start))
  }
  if (length > 0) yield take()
}
