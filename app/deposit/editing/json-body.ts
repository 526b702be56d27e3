import { createHash } from 'node:crypto'
import { gatherPiece, LONGEST_PIECE } from '../../platform/pieces.ts'
import { Problem } from '../../platform/problem.ts'
import { jsonTooMuch } from '../../records/index.ts'
import { readBody } from '../body.ts'
import { decodeJson, Malformed, parseJson } from '../inputs/line.ts'

/** Media types of JSON: plain, or with a name for what it says (RFC 6839, section 3.1). */
const JSON_TYPE = /^application\/([\w.-]+\+)?json\s*(;|$)/i

/**
 * Reads a body that holds a record as JSON. It may be as long as a line of an import, and costs no more to check.
 *
 * @returns what it says, and the SHA-256 of its bytes.
 * @throws Problem 400 if it is no JSON, 413 if it is too long, 415 if it is said to be something else, 422 if it holds
 * more than any record.
 */
export async function readJsonBody(request: Request): Promise<{ content: unknown; digest: Buffer }> {
  if (!JSON_TYPE.test(request.headers.get('content-type') ?? ''))
    throw new Problem(415, 'Unsupported media type', 'The body must be application/json.')
  const piece = gatherPiece()
  for await (const chunk of readBody(request, LONGEST_PIECE, () => {})) piece.keep(chunk)
  const bytes = piece.take() as Uint8Array
  try {
    const text = decodeJson(bytes)
    const message = jsonTooMuch(text)
    if (message) throw new Problem(422, 'Invalid', `The body ${message}.`, {}, { errors: [{ path: '/', message }] })
    return { content: parseJson(text), digest: createHash('sha256').update(bytes).digest() }
  } catch (error) {
    if (error instanceof Malformed) throw new Problem(400, 'Not JSON', `The body cannot be read: ${error.message}.`)
    throw error
  }
}
