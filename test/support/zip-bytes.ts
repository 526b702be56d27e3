import { crc32, deflateRawSync } from 'node:zlib'

/** An entry of an archive, with what its headers claim where that is not the truth. */
export interface ZipEntry {
  name: string | Uint8Array
  content: string | Uint8Array
  /** Bytes that it claims to unpack to. */
  size?: number
  crc?: number
  /** Where it claims to begin. */
  offset?: number
}

const bytesOf = (text: string | Uint8Array) => (typeof text === 'string' ? Buffer.from(text) : Buffer.from(text))

/** The bytes of a ZIP archive (APPNOTE 6.3.10, section 4.3), as no honest program would write them. */
export function zipBytes(entries: ZipEntry[], claims: { count?: number } = {}): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content, offset = at, ...claimed } of entries) {
    const [title, bytes] = [bytesOf(name), bytesOf(content)]
    const packed = deflateRawSync(bytes)
    const { size = bytes.length, crc = crc32(bytes) } = claimed
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    // Names are UTF-8; the data is deflated.
    common.writeUInt16LE(0x800, 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc, 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(size, 18)
    common.writeUInt16LE(title.length, 22)
    if (offset === at) {
      parts.push(Buffer.from('PK\u0003\u0004'), common, title, packed)
      at += 30 + title.length + packed.length
    }
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000'), common, rest, title)
  }
  const length = directory.reduce((sum, part) => sum + part.length, 0)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(claims.count ?? entries.length, 4)
  end.writeUInt16LE(claims.count ?? entries.length, 6)
  end.writeUInt32LE(length, 8)
  end.writeUInt32LE(at, 12)
  return new Uint8Array(Buffer.concat([...parts, ...directory, Buffer.from('PK\u0005\u0006'), end]))
}
