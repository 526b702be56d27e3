import { z } from 'zod'
import { LONGEST_PIECE } from '../../platform/pieces.ts'
import { jsonTooMuch, parseRecord } from '../../records/index.ts'
import { type Incoming, noFiles } from '../incoming.ts'
import { Parameters, source } from '../parameters.ts'

/** A record and what is said beside it: a line of NDJSON, or an element of a JSON array. */
const Line = Parameters.extend({ record: z.unknown() })

/** Bytes that are no JSON. */
export class Malformed extends Error {
  readonly rule: 'json.encoding' | 'json.syntax'
  constructor(rule: Malformed['rule'], message: string) {
    super(message)
    this.rule = rule
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true })

/**
 * What the bytes of a line or element say; nothing where they are blank.
 *
 * @param bytes nothing in place of what was too long to be kept.
 * @throws Malformed if they are not JSON in UTF-8.
 */
export function readLine(bytes: Uint8Array | undefined): Incoming | undefined {
  if (bytes === undefined) return wrong(undefined, 'json.length', `is longer than ${LONGEST_PIECE / 2 ** 20} MiB`)
  const text = decodeJson(bytes)
  if (text.trim() === '') return undefined
  const message = jsonTooMuch(text)
  return message ? wrong(undefined, 'record.size', message) : readContent(parseJson(text))
}

/**
 * The text that bytes are.
 *
 * @throws Malformed if they are not UTF-8.
 */
export function decodeJson(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new Malformed('json.encoding', 'is not UTF-8')
  }
}

/** @throws Malformed if the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Malformed('json.syntax', (error as Error).message)
  }
}

function readContent(content: unknown): Incoming {
  const parsed = Line.safeParse(content)
  if (!parsed.success) {
    const { data } = source.safeParse((content as { source?: unknown } | null)?.source)
    const [issue] = parsed.error.issues
    return wrong(data, 'import.parameter', issue?.message ?? 'is wrong', issue?.path.join('.') || '/')
  }
  const { record, ...parameters } = parsed.data
  return { ...parameters, reading: parseRecord(record), files: noFiles }
}

/** What came and is no record. */
export const wrong = (source: string | undefined, rule: string, message: string, path = '/'): Incoming => ({
  source,
  reading: { record: undefined, errors: [{ rule, path, message }], warnings: [] },
  files: noFiles,
})
