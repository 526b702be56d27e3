import { createHash, type Hash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { type Entry, fromFdPromise, type ZipFile } from 'yauzl'
import { type Digests, type Manifest, parseManifestLine, parseTags } from './tags.ts'

/** Entries of one bag at most, and bytes of a file of tags that is read whole. */
const MOST_ENTRIES = 1_000_000
const LONGEST_TAGS = 2 ** 20
/** Lines of such a file: some kilobytes of an archive may unpack to any number. */
const MOST_TAG_LINES = 10_000
const LONGEST_LINE = 10_000
const NONE = Buffer.alloc(0)

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
 * none. Archives that cannot be read are not judged here.
 *
 * @param descriptor of the open archive; it stays open.
 * @throws BagInvalid if files are missing, are in no manifest, or are to be fetched, or a tag file is altered.
 */
export async function openBag(descriptor: number): Promise<Bag | undefined> {
  const directory = await readDirectory(descriptor).catch((error) => {
    if (error instanceof BagInvalid) throw error
    return undefined
  })
  if (!directory) return undefined
  const { zip, files, base } = directory
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

/** The files of an archive that holds a bag, by their paths in it. */
async function readDirectory(descriptor: number) {
  const zip = await fromFdPromise(descriptor, { autoClose: false, lazyEntries: true })
  if (zip.entryCount > MOST_ENTRIES) return undefined
  const entries = new Map<string, Entry>()
  let base: string | undefined
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.normalize('NFC')
    if (name.endsWith('/')) continue
    if (/^([^/]+\/)?bagit\.txt$/.test(name) && base === undefined) base = name.slice(0, -'bagit.txt'.length)
    // Most of the memory that an entry takes, and of no more use.
    entry.fileName = ''
    entry.fileNameRaw = entry.extraFieldRaw = entry.fileCommentRaw = NONE
    entry.extraFields = []
    if (entries.has(name)) entries.set(`${name}/`, entry)
    else entries.set(name, entry)
  }
  if (base === undefined) return undefined
  const within = base
  const files = new Map<string, BagFile>()
  for (const [name, entry] of entries) {
    if (name.endsWith('/')) throw new BagInvalid(`${name.slice(0, -1)} stands in the archive twice`)
    if (name.startsWith(within)) files.set(name.slice(within.length), { entry, digests: {} })
  }
  return { zip, files, base: within }
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
