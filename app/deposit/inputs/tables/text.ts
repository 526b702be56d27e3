import { Problem } from '../../../platform/problem.ts'

/** Bytes by which the encoding is decided, at the least, from the first on that says something of it. */
const BEGINNING = 64 * 2 ** 10
/** Of the characters outside ASCII, how many may be wrong where a text is taken to be in an encoding. */
const MOST_WRONG = 1 / 20
/** Bytes that are decoded and read at once. */
const PIECE = 16 * 2 ** 10

/** What stands for bytes that are no character. Where it stands in a cell, the cell is refused. */
export const LOST = '\ufffd'

/** A text as it is read. */
export interface Text {
  pieces: AsyncIterable<string>
  /** What it is in, as far as that is known yet; for messages. */
  readonly encoding: string
}

/**
 * Decodes a text that need not say what it is in. A byte order mark decides, then what the sender said, then the zero
 * bytes of UTF-16; else it is UTF-8 if that fits, else CP932. Bytes that the encoding does not allow become
 * {@link LOST}.
 *
 * @param charset of the media type
 * @throws Problem 415 for a charset that is not known, 422 for a text that is in none of these encodings.
 */
export function decodeText(body: AsyncIterable<Uint8Array>, charset: string | undefined): Text {
  const said = charset === undefined ? undefined : encodingOf(charset)
  let encoding = 'ASCII'
  return {
    get encoding() {
      return encoding
    },
    pieces: decode(),
  }

  async function* decode(): AsyncGenerator<string> {
    const bytes = piecesOf(body)
    let beginning = await take(bytes)
    let found = markOf(beginning) ?? (said === 'utf-16le' && /16$/.test(charset ?? '') ? undefined : said)
    found ??= utf16Of(beginning) ?? said
    // ASCII is the same in UTF-8 and in CP932, so that the decision can wait until it matters.
    while (!found && isAscii(beginning) && beginning.length > 0) {
      yield beginning.toString('latin1')
      beginning = await take(bytes)
    }
    if (!found) {
      // What decides may stand at its very end.
      beginning = Buffer.concat([beginning, await take(bytes)])
      found = guess(beginning)
    }
    const decoder = new TextDecoder(found)
    encoding = found === 'shift_jis' ? 'CP932' : found.toUpperCase()
    yield decoder.decode(beginning, { stream: true })
    for await (const piece of bytes) yield decoder.decode(piece, { stream: true })
    yield decoder.decode()
  }
}

function encodingOf(charset: string): string {
  try {
    // Node's table for Shift_JIS is that of CP932.
    return new TextDecoder(/^(cp|ms)932$/i.test(charset) ? 'shift_jis' : charset).encoding
  } catch {
    throw new Problem(
      415,
      'Unsupported media type',
      `The charset ${charset} is not known; UTF-8, UTF-16 and Shift_JIS are.`,
    )
  }
}

async function* piecesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of body)
    for (let start = 0; start < chunk.length; start += PIECE) yield chunk.subarray(start, start + PIECE)
}

/** The next bytes, enough to decide by; fewer at the end. What was not taken stays. */
async function take(bytes: AsyncGenerator<Uint8Array>): Promise<Buffer> {
  const taken: Uint8Array[] = []
  for (let length = 0; length < BEGINNING; ) {
    const { value, done } = await bytes.next()
    if (done) break
    taken.push(value)
    length += value.length
  }
  return Buffer.concat(taken)
}

function markOf(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return undefined
}

/** What separates cells and rows in any table. In UTF-16 a zero byte stands beside it. */
const SEPARATORS: ReadonlySet<number | undefined> = new Set([...'\t\n\r",;'].map((sign) => sign.charCodeAt(0)))

function utf16Of(bytes: Buffer): string | undefined {
  let [little, big] = [0, 0]
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    if (bytes[at + 1] === 0 && SEPARATORS.has(bytes[at])) little++
    if (bytes[at] === 0 && SEPARATORS.has(bytes[at + 1])) big++
  }
  if (little === big) return undefined
  return little > big ? 'utf-16le' : 'utf-16be'
}

const isAscii = (bytes: Uint8Array) => bytes.every((byte) => byte < 0x80)

/** UTF-8 comes first: what was written in CP932 hardly ever fits it, while CP932 allows nearly everything. */
function guess(bytes: Uint8Array): string {
  const found = ['utf-8', 'shift_jis'].find((encoding) => fits(bytes, encoding))
  if (found) return found
  throw new Problem(
    422,
    'Unknown encoding',
    'This table is neither in UTF-8 nor in CP932 or UTF-16: save it as "CSV UTF-8", or name its charset in Content-Type.',
  )
}

function fits(bytes: Uint8Array, encoding: string): boolean {
  const text = new TextDecoder(encoding).decode(bytes, { stream: true })
  let [wrong, narrow, all] = [0, 0, 0]
  for (const character of text) {
    if (character > '\u007f') all++
    if (character === LOST) wrong++
    if (character >= '\uff61' && character <= '\uff9f') narrow++
  }
  // Katakana of half width throughout is what EUC-JP looks like in CP932.
  return wrong <= all * MOST_WRONG && (encoding === 'utf-8' || narrow <= all / 2)
}
