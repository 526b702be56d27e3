import { createHash, type Hash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { Entry, ZipFile } from 'yauzl'
import { isLeftBehind, type ZipDirectory } from '../platform/zip/index.ts'
import { type Digests, type Manifest, parseManifestLine, parseTags } from './tags.ts'

/** Bytes of a file of tags that is read whole. */
const LONGEST_TAGS = 2 ** 20
/** Lines of such a file: some kilobytes of an archive may unpack to any number. */
const MOST_TAG_LINES = 10_000
const LONGEST_LINE = 10_000

/** Checksums that are understood (RFC 8493, section 2.4), as they are named in files and by Node. */
const ALGORITHMS = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']

/** Why something is no valid bag, in words for whoever sent it. */
export class BagInvalid extends Error {
  override name = 'BagInvalid'
}

interface BagFile {
  entry: Entry
  digests: Digests
}

/** A bag within a ZIP archive: complete, and its tag files are what they say. Its payload is verified when asked. */
export interface Bag {
  /** The folder in the archive that the bag lies in, with a slash at the end; empty at the top. */
  base: string
  /** Values of `bag-info.txt` by label in small letters. */
  info: ReadonlyMap<string, readonly string[]>
  /** Names the bag and what is in it: a checksum over its manifests. */
  digest: string
  /** Files of the payload, and their bytes. */
  files: number
  bytes: number
  /** Paths of all files of the bag. */
  paths(): IterableIterator<string>
  /**
   * Bytes of a file of the bag; they throw BagInvalid at their end if they are not what a manifest says.
   *
   * @throws BagInvalid if there is no such file.
   */
  open(path: string): AsyncGenerator<Uint8Array>
  /** Reads every file of the payload. @throws BagInvalid at the first that is altered. */
  verify(): Promise<void>
}

/**
 * Opens the bag (BagIt 0.97 or 1.0, RFC 8493) that an archive is, at its top or in its one folder; nothing if it is
 * none.
 *
 * @throws BagInvalid if files are missing, are in no manifest, lie beside the bag or are to be fetched, or a tag file is
 * altered.
 */
export async function openBag({ zip, entries, again }: ZipDirectory): Promise<Bag | undefined> {
  const base = baseOf(entries)
  if (base === undefined) return undefined
  for (const name of again) throw new BagInvalid(`${name} stands in the archive twice`)
  const files = filesBelow(base, entries)
  const read = (path: string): AsyncGenerator<Uint8Array> => {
    const file = files.get(path)
    if (!file) throw new BagInvalid(`${path} is missing`)
    return verified(zip, path, file)
  }
  const readTags = async (path: string) => {
    if ((files.get(path)?.entry.uncompressedSize ?? 0) > LONGEST_TAGS) throw new BagInvalid(`${path} is too long`)
    const text = (await buffer(read(path))).toString()
    if ((text.match(/\n|\r/g)?.length ?? 0) > MOST_TAG_LINES)
      throw new BagInvalid(`${path} has more than ${MOST_TAG_LINES} lines`)
    return parseTags(text)
  }

  const declared = await readTags('bagit.txt')
  const version = declared.get('bagit-version')?.[0] ?? ''
  if (!/^(0\.9[3-7]|1\.0)$/.test(version)) throw new BagInvalid(`BagIt ${version || 'without a version'} is not known`)
  const encoding = declared.get('tag-file-character-encoding')?.[0] ?? 'none'
  if (!/^utf-?8$/i.test(encoding)) throw new BagInvalid(`its tag files are in ${encoding}; only UTF-8 is understood`)
  if (files.get('fetch.txt')?.entry.uncompressedSize)
    throw new BagInvalid('fetch.txt names files that lie elsewhere: send a bag that holds all of its files')

  // The manifests' own checksums first: they decide what the others are worth.
  for (const manifest of manifestsIn(files, 'tagmanifest')) await readManifest(files, manifest, read, () => {})
  const manifests = manifestsIn(files, 'manifest')
  if (manifests.length === 0) throw new BagInvalid(`it has no manifest of ${ALGORITHMS.join(', ')}`)
  const listed = new Map<string, number>()
  for (const manifest of manifests)
    await readManifest(files, manifest, read, (path) => listed.set(path, (listed.get(path) ?? 0) + 1))
  const needed = version === '1.0' ? manifests.length : 1
  const payload = [...files.keys()].filter((path) => path.startsWith('data/'))
  for (const path of payload)
    if ((listed.get(path) ?? 0) < needed)
      throw new BagInvalid(`${path} is in the bag, but not in ${needed === 1 ? 'a' : 'every'} manifest`)
  for (const [path, { digests }] of files)
    if (!path.startsWith('data/') && Object.keys(digests).length > 0) for await (const _ of read(path));

  const whole = createHash('sha256')
  for (const { path } of manifests) for await (const chunk of read(path)) whole.update(chunk)
  return {
    base,
    info: files.has('bag-info.txt') ? await readTags('bag-info.txt') : new Map(),
    digest: whole.digest('hex'),
    files: payload.length,
    bytes: payload.reduce((sum, path) => sum + (files.get(path)?.entry.uncompressedSize ?? 0), 0),
    paths: () => files.keys(),
    open: read,
    async verify() {
      for (const path of payload) for await (const _ of read(path));
    },
  }
}

/** The folder that is the bag: the top, or the first folder there with a declaration (RFC 8493, section 2.1.1). */
function baseOf(entries: ReadonlyMap<string, Entry>): string | undefined {
  if (entries.has('bagit.txt')) return ''
  for (const name of entries.keys()) if (/^[^/]+\/bagit\.txt$/.test(name)) return name.slice(0, -'bagit.txt'.length)
  return undefined
}

/** The files of the bag by their paths in it. */
function filesBelow(base: string, entries: ReadonlyMap<string, Entry>): Map<string, BagFile> {
  const files = new Map<string, BagFile>()
  for (const [name, entry] of entries) {
    if (name.startsWith(base)) files.set(name.slice(base.length), { entry, digests: {} })
    else if (!isLeftBehind(name))
      throw new BagInvalid(`${name} lies beside the bag ${base} in this archive: send each by itself`)
  }
  return files
}

function manifestsIn(files: ReadonlyMap<string, BagFile>, kind: 'manifest' | 'tagmanifest'): Manifest[] {
  return ALGORITHMS.flatMap((algorithm) => {
    const path = `${kind}-${algorithm}.txt`
    return files.has(path) ? [{ path, algorithm }] : []
  })
}

/** Notes what a manifest says of each file. */
async function readManifest(
  files: ReadonlyMap<string, BagFile>,
  { path: manifest, algorithm }: Manifest,
  read: (path: string) => AsyncIterable<Uint8Array>,
  found: (path: string) => void,
) {
  for await (const line of linesOf(read(manifest), manifest)) {
    const parsed = parseManifestLine(line)
    if (!parsed) throw new BagInvalid(`${manifest} has a line that is none: ${line.slice(0, 200)}`)
    const path = parsed.path.normalize('NFC')
    const file = files.get(path)
    if (!file) throw new BagInvalid(`${path} is missing; ${manifest} names it`)
    if (file.digests[algorithm] !== undefined) throw new BagInvalid(`${manifest} names ${path} twice`)
    file.digests[algorithm] = parsed.digest
    found(path)
  }
}

async function* linesOf(bytes: AsyncIterable<Uint8Array>, manifest: string): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() as string
    if (rest.length > LONGEST_LINE) throw new BagInvalid(`${manifest} has a line that is too long`)
    for (const line of lines) if (line !== '') yield line
  }
  if (rest.trim() !== '') yield rest.trimEnd()
}

async function* verified(zip: ZipFile, path: string, { entry, digests }: BagFile): AsyncGenerator<Uint8Array> {
  const hashes = Object.keys(digests).map((algorithm): [string, Hash] => [algorithm, createHash(algorithm)])
  let stream: Readable | undefined
  try {
    stream = await zip.openReadStreamPromise(entry)
    for await (const chunk of stream) {
      for (const [, hash] of hashes) hash.update(chunk)
      yield chunk
    }
  } catch (error) {
    throw new BagInvalid(`${path} cannot be unpacked: ${(error as Error).message}`)
  } finally {
    stream?.destroy()
  }
  for (const [algorithm, hash] of hashes)
    if (hash.digest('hex') !== digests[algorithm])
      throw new BagInvalid(`${path} is altered: its ${algorithm} is not that of the manifest`)
}
