import { createHash } from 'node:crypto'
import { pipeline, Readable } from 'node:stream'
import { constants, createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib'
import { Problem } from '../platform/problem.ts'

/** Content codings (RFC 9110, section 8.4.1; RFC 7932; RFC 8878) that a body may come in. */
const decoders = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  // 8 MiB of window is what every reader should allow (RFC 8878, section 3.1.1.1.2); the library would allow 128.
  zstd: () => createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: 23 } }),
}

/** What is written as records expands to less than this many times; only a bomb does not, past the first bytes. */
const MOST_EXPANSION = 200
const BEFORE_JUDGING = 16 * 2 ** 20

/**
 * Reads the body of a request, decompressed as it arrives. The bytes throw Problem 413 where it grows past `limit`
 * before or after that, or expands as only a bomb does, and 400 if it is not in its coding.
 *
 * @param limit bytes that the institution allows one call.
 * @param arrived is called whenever bytes have come.
 * @throws Problem 415 if the coding is unknown (RFC 9110, section 15.5.16).
 */
export function readBody(request: Request, limit: number, arrived: () => void): AsyncIterable<Uint8Array> {
  const coding = request.headers.get('content-encoding')?.trim().toLowerCase() || 'identity'
  let received = 0
  let expanded = 0

  async function* raw() {
    for await (const chunk of Readable.fromWeb((request.body ?? new Blob([]).stream()) as never)) {
      received += chunk.length
      if (received > limit) throw tooLarge(`The body may have ${limit} bytes at most.`)
      arrived()
      yield chunk as Uint8Array
    }
  }

  async function* whole(chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      expanded += chunk.length
      if (expanded > limit) throw tooLarge(`The body may have ${limit} bytes at most, decompressed.`)
      if (expanded > BEFORE_JUDGING && expanded > received * MOST_EXPANSION)
        throw tooLarge(`The body expands to more than ${MOST_EXPANSION} times its size.`)
      yield chunk
    }
  }

  return whole(coding === 'identity' ? raw() : decoded(raw(), coding))
}

/** Passes bytes on, and gives their SHA-256 once they have been read to the end. */
export function digesting(bytes: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256')
  let digest: Buffer | undefined
  async function* passed() {
    for await (const chunk of bytes) {
      hash.update(chunk)
      yield chunk
    }
    digest = hash.digest()
  }
  return { bytes: passed(), digest: () => digest }
}

function decoded(raw: AsyncIterable<Uint8Array>, coding: string): AsyncIterable<Uint8Array> {
  const open = Object.hasOwn(decoders, coding) ? decoders[coding as keyof typeof decoders] : undefined
  if (!open)
    throw new Problem(
      415,
      'Unsupported coding',
      `The body came as ${coding}; understood are ${Object.keys(decoders).join(', ')}.`,
      { 'accept-encoding': Object.keys(decoders).join(', ') },
    )
  return refusingBroken(
    // What fails is thrown to whoever reads, and needs no second telling.
    pipeline(Readable.from(raw), open(), () => {}),
    coding,
  )
}

async function* refusingBroken(chunks: AsyncIterable<Uint8Array>, coding: string) {
  try {
    yield* chunks
  } catch (error) {
    // zlib's own: the data are not what they were said to be, or end too soon.
    const { code, message } = error as NodeJS.ErrnoException
    if (/^(Z_|ERR__ERROR_|ZSTD_)/.test(code ?? ''))
      throw new Problem(400, 'Not decodable', `The body is no whole ${coding}: ${message}.`)
    throw error
  }
}

const tooLarge = (message: string) => new Problem(413, 'Too large', message)
