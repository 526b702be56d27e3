import { z } from 'zod'
import { parseRecord } from '../records/index.ts'
import { type Incoming, noFiles } from './incoming.ts'
import { oaiIdentifier, publicationDate, source } from './parameters.ts'

/** Bytes of one line at most: more than the largest record that the model allows would need. */
const LONGEST_LINE = 20 * 2 ** 20

const Line = z.strictObject({
  source,
  number: z.int().min(1).max(99_999_999).optional(),
  oaiIdentifier: oaiIdentifier.optional(),
  publicationDate: publicationDate.optional(),
  record: z.unknown(),
})

/** Reads records from lines of JSON; a line that is wrong is one record that is rejected. */
export async function* readNdjson(body: AsyncIterable<Uint8Array>): AsyncGenerator<Incoming> {
  for await (const line of lines(body)) {
    if (line === undefined) yield wrong(undefined, 'json.length', `is longer than ${LONGEST_LINE / 2 ** 20} MiB`)
    else if (line.trim() !== '') yield readLine(line)
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

/** Lines of UTF-8 text; nothing in place of one that is too long. */
async function* lines(body: AsyncIterable<Uint8Array>): AsyncGenerator<string | undefined> {
  const decoder = new TextDecoder()
  let parts: string[] = []
  let length = 0
  const take = () => {
    const line = length > LONGEST_LINE ? undefined : parts.join('')
    parts = []
    length = 0
    return line
  }
  const keep = (part: string) => {
    length += part.length
    if (length <= LONGEST_LINE) parts.push(part)
    else parts = []
  }
  for await (const chunk of body) {
    const [first, ...rest] = decoder.decode(chunk, { stream: true }).split('\n')
    keep(first as string)
    for (const part of rest) {
      yield take()
      keep(part)
    }
  }
  keep(decoder.decode())
  if (length > 0) yield take()
}
