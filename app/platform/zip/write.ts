import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { crc32, createDeflateRaw, deflateRaw } from 'node:zlib'

/** A file of an archive. */
export interface ZipFile {
  path: string
  /** All at once, or as they are read. */
  bytes: Uint8Array | AsyncIterable<Uint8Array>
  /** Bytes, where that is known: without it room is left for more than 4 GiB. */
  size?: number | undefined
  /** What is compressed already gains nothing. */
  compress: boolean
}

/** Where the directory is kept until all files are written: it grows with their number. */
export interface Notes {
  append(bytes: Uint8Array): Promise<void>
  read(): AsyncIterable<Uint8Array>
}

const MOST_32 = 0xffff_ffff
const MOST_16 = 0xffff
const DEFLATED = 8
const STORED = 0
/** Sizes follow the bytes, names are UTF-8 (APPNOTE 6.3.10, section 4.4.4). */
const FLAGS = 0x0808
const ZIP64 = 45
const PLAIN = 20

/**
 * Writes a ZIP archive as it is read: one file after the other, each opened when the one before is done, none held in
 * memory, whatever their sizes and number (APPNOTE 6.3.10 with ZIP64). The libraries keep every entry in memory, and
 * yazl looks through all of them at each: 200,000 took it 212 s.
 *
 * @param modified the time that all files get.
 */
export async function* writeZip(
  files: AsyncIterable<ZipFile>,
  modified: Date,
  directory: Notes,
): AsyncGenerator<Uint8Array> {
  let offset = 0
  let count = 0
  let length = 0
  const [time, date] = dosTime(modified)
  for await (const { path, bytes, size, compress } of files) {
    const name = Buffer.from(path)
    const method = compress ? DEFLATED : STORED
    // Compressing can make bytes a little longer.
    const known = bytes instanceof Uint8Array ? bytes.length : size
    const large = known === undefined || known > MOST_32 - 2 ** 22
    const shared = [u16(large ? ZIP64 : PLAIN), u16(FLAGS), u16(method), u16(time), u16(date)]
    const place = offset
    const header = Buffer.concat([
      u32(0x04034b50),
      ...shared,
      ...[u32(0), u32(large ? MOST_32 : 0), u32(large ? MOST_32 : 0)],
      ...[u16(name.length), u16(large ? 20 : 0), name],
      ...(large ? [u16(1), u16(16), u64(0), u64(0)] : []),
    ])
    yield header
    offset += header.length

    const written = { crc: 0, size: 0, packed: 0 }
    for await (const chunk of packed(bytes, compress, written)) {
      written.packed += chunk.length
      yield chunk
    }
    const wide = (value: number) => (large ? u64(value) : u32(value))
    const descriptor = Buffer.concat([u32(0x08074b50), u32(written.crc), wide(written.packed), wide(written.size)])
    yield descriptor
    offset += written.packed + descriptor.length

    const far = place >= MOST_32
    const extra = [...(large ? [u64(written.size), u64(written.packed)] : []), ...(far ? [u64(place)] : [])]
    const field = extra.length === 0 ? [] : [u16(1), u16(extra.length * 8), ...extra]
    const entry = Buffer.concat([
      // Made on Unix, so that the permissions count.
      ...[u32(0x02014b50), u16((3 << 8) | 63), u16(large || far ? ZIP64 : PLAIN), ...shared.slice(1)],
      ...[u32(written.crc), u32(large ? MOST_32 : written.packed), u32(large ? MOST_32 : written.size)],
      ...[u16(name.length), u16(extra.length === 0 ? 0 : 4 + extra.length * 8), u16(0), u16(0), u16(0)],
      ...[u32((0o100644 << 16) >>> 0), u32(far ? MOST_32 : place), name, ...field],
    ])
    await directory.append(entry)
    length += entry.length
    count++
  }
  yield* directory.read()
  yield ending(count, length, offset)
}

async function* packed(
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  compress: boolean,
  written: { crc: number; size: number },
): AsyncGenerator<Uint8Array> {
  const count = (chunk: Uint8Array) => {
    written.crc = crc32(chunk, written.crc)
    written.size += chunk.length
    return chunk
  }
  if (bytes instanceof Uint8Array) {
    // A stream for each of many small files would cost more than they do.
    yield compress ? await deflateWhole(count(bytes)) : count(bytes)
    return
  }
  async function* counted(bytes: AsyncIterable<Uint8Array>) {
    for await (const chunk of bytes) yield count(chunk)
  }
  if (!compress) return yield* counted(bytes)
  const source = Readable.from(counted(bytes), { objectMode: false })
  const deflate = createDeflateRaw()
  source.on('error', (error) => deflate.destroy(error))
  try {
    yield* source.pipe(deflate)
  } finally {
    source.destroy()
    deflate.destroy()
  }
}

const deflateWhole = promisify<Uint8Array, Buffer>(deflateRaw)

function ending(count: number, length: number, offset: number): Buffer {
  const wide = count >= MOST_16 || length >= MOST_32 || offset >= MOST_32
  return Buffer.concat([
    ...(wide
      ? [
          ...[u32(0x06064b50), u64(44), u16((3 << 8) | 63), u16(ZIP64), u32(0), u32(0)],
          ...[u64(count), u64(count), u64(length), u64(offset)],
          ...[u32(0x07064b50), u32(0), u64(offset + length), u32(1)],
        ]
      : []),
    ...[u32(0x06054b50), u16(0), u16(0), u16(Math.min(count, MOST_16)), u16(Math.min(count, MOST_16))],
    ...[u32(Math.min(length, MOST_32)), u32(Math.min(offset, MOST_32)), u16(0)],
  ])
}

const u16 = (value: number) => {
  const bytes = Buffer.allocUnsafe(2)
  bytes.writeUInt16LE(value)
  return bytes
}
const u32 = (value: number) => {
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeUInt32LE(value)
  return bytes
}
const u64 = (value: number) => {
  const bytes = Buffer.allocUnsafe(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}

/** MS-DOS time and date (two seconds are its finest), in UTC: an archive says no time zone. */
const dosTime = (moment: Date): [time: number, date: number] => [
  (moment.getUTCHours() << 11) | (moment.getUTCMinutes() << 5) | (moment.getUTCSeconds() >> 1),
  ((moment.getUTCFullYear() - 1980) << 9) | ((moment.getUTCMonth() + 1) << 5) | moment.getUTCDate(),
]
