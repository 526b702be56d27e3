import { createHash, type Hash } from 'node:crypto'
import { type Notes, writeZip, type ZipFile } from '../platform/zip/index.ts'

/** A file of a bag's payload; its path is below `data/`. */
export interface PayloadFile extends ZipFile {
  /** Hexadecimal, where it is known what the bytes are to be. */
  sha256?: string | undefined
}

export interface BagToWrite {
  /** The folder that the bag unpacks to. */
  name: string
  /** Lines of `bag-info.txt` in their order; `Payload-Oxum` is added. */
  info: readonly (readonly [label: string, value: string])[]
  payload: AsyncIterable<PayloadFile>
  written: Date
}

/**
 * Writes a bag (BagIt 1.0, RFC 8493) as a ZIP archive, as it is read.
 *
 * @param notes two, empty: what grows with the number of files is kept there.
 * @throws Error if a file of the payload has other bytes than it says.
 */
export async function* writeBag(bag: BagToWrite, notes: readonly [Notes, Notes]): AsyncGenerator<Uint8Array> {
  const [directory, manifest] = notes
  const tags: string[] = []
  const oxum = { bytes: 0, files: 0 }

  async function* tag(path: string, bytes: ZipFile['bytes']): AsyncGenerator<ZipFile> {
    const hash = createHash('sha256')
    yield { path: `${bag.name}/${path}`, bytes: hashed(bytes, hash, () => {}), compress: true }
    tags.push(`${hash.digest('hex')}  ${path}\n`)
  }
  async function* files(): AsyncGenerator<ZipFile> {
    yield* tag('bagit.txt', Buffer.from('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'))
    for await (const { sha256, ...file } of bag.payload) {
      const path = `data/${file.path}`
      const hash = createHash('sha256')
      let size = 0
      const bytes = hashed(file.bytes, hash, (length) => {
        size += length
      })
      yield { ...file, path: `${bag.name}/${path}`, bytes }
      const digest = hash.digest('hex')
      if ((sha256 ?? digest) !== digest || (file.size ?? size) !== size)
        throw new Error(`${path} has not the bytes that it is to have`)
      oxum.bytes += size
      oxum.files++
      await manifest.append(Buffer.from(`${digest}  ${encodePath(path)}\n`))
    }
    yield* tag('manifest-sha256.txt', manifest.read())
    const info = [...bag.info, ['Payload-Oxum', `${oxum.bytes}.${oxum.files}`] as const]
    yield* tag('bag-info.txt', Buffer.from(info.map(([label, value]) => `${label}: ${onOneLine(value)}\n`).join('')))
    yield { path: `${bag.name}/tagmanifest-sha256.txt`, bytes: Buffer.from(tags.join('')), compress: true }
  }
  yield* writeZip(files(), bag.written, directory)
}

/** The same bytes; what they are is known once they have been read. */
function hashed(bytes: ZipFile['bytes'], hash: Hash, count: (length: number) => void): ZipFile['bytes'] {
  const take = (chunk: Uint8Array) => {
    hash.update(chunk)
    count(chunk.length)
    return chunk
  }
  if (bytes instanceof Uint8Array) return take(bytes)
  return (async function* () {
    for await (const chunk of bytes) yield take(chunk)
  })()
}

const onOneLine = (value: string) => value.replace(/\s+/g, ' ').trim()

/** A manifest has a file a line (RFC 8493, section 2.1.3). */
const encodePath = (path: string) =>
  path.replace(/[%\r\n]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
