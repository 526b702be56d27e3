import { type Entry, fromFdPromise, type ZipFile } from 'yauzl'
import { readNames } from './names.ts'

/**
 * Entries of one archive at most, and bytes of what its directory says of them: it is held in memory. An institution of
 * 150,000 items with their records and files still leaves in one.
 */
const MOST_ENTRIES = 500_000
const LARGEST_DIRECTORY = 64 * 2 ** 20
/** Bytes before an entry's own, without its name (APPNOTE 4.3.7). */
const LOCAL_HEADER = 30
const NONE = Buffer.alloc(0)

/** Why an archive is not opened, in words for whoever sent it. */
export class ZipRefused extends Error {
  override name = 'ZipRefused'
  /** It is larger than it may be; otherwise, it is no archive or plays tricks. */
  readonly tooLarge: boolean
  constructor(message: string, tooLarge = false) {
    super(message)
    this.tooLarge = tooLarge
  }
}

export interface ZipDirectory {
  zip: ZipFile
  /** The files by their paths (in NFC), in the order of the directory; folders are left out. */
  entries: ReadonlyMap<string, Entry>
  /** Paths that stand in the archive again. */
  again: readonly string[]
}

/**
 * Reads the directory of a ZIP archive on disk. Nothing is unpacked before all of it is known to be honest.
 *
 * @param descriptor of the open archive; it stays open.
 * @param limits bytes that the archive may unpack to, all of its entries together.
 * @throws ZipRefused if it is no archive, plays tricks, or holds more than it may.
 */
export async function openZip(descriptor: number, limits: { bytes: number }): Promise<ZipDirectory> {
  try {
    // Names are read by us: the library knows UTF-8 and the code page of 1981 alone.
    const zip = await fromFdPromise(descriptor, { autoClose: false, lazyEntries: true, decodeStrings: false })
    const all = await readDirectory(zip, limits.bytes)
    const nameOf = readNames(all)
    const entries = new Map<string, Entry>()
    const again: string[] = []
    for (const entry of all) {
      const name = nameOf(entry).normalize('NFC')
      forget(entry)
      if (name.endsWith('/')) continue
      if (entries.has(name)) again.push(name)
      else entries.set(name, entry)
    }
    return { zip, entries, again }
  } catch (error) {
    if (error instanceof ZipRefused) throw error
    throw new ZipRefused((error as Error).message)
  }
}

/** Whether a file is none of anybody's, but what macOS leaves behind. */
export const isLeftBehind = (path: string): boolean => /(^|\/)(__MACOSX\/|\.DS_Store$)/.test(path)

async function readDirectory(zip: ZipFile, limit: number): Promise<Entry[]> {
  if (zip.entryCount > MOST_ENTRIES)
    throw new ZipRefused(`An archive may hold ${MOST_ENTRIES} entries at most; send several.`, true)
  const entries: Entry[] = []
  let bytes = 0
  let said = 0
  for await (const entry of zip.eachEntry()) {
    bytes += entry.uncompressedSize
    said += entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength
    if (said > LARGEST_DIRECTORY)
      throw new ZipRefused(`The archive's directory is larger than ${LARGEST_DIRECTORY} bytes.`, true)
    entries.push(entry)
  }
  if (bytes > limit) throw new ZipRefused(`This archive unpacks to ${bytes} bytes; ${limit} are allowed.`, true)
  refuseOverlaps(entries)
  return entries
}

/** Drops most of the memory that an entry takes: once its name is read, it is of no more use. */
function forget(entry: Entry) {
  entry.fileName = ''
  entry.fileNameRaw = entry.extraFieldRaw = entry.fileCommentRaw = NONE
  entry.extraFields = []
}

/** Entries that share their bytes are how a small archive unpacks to what no disk holds: no program writes them. */
function refuseOverlaps(entries: readonly Entry[]) {
  let end = 0
  for (const entry of entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)) {
    if (entry.relativeOffsetOfLocalHeader < end) throw new Error('its entries overlap')
    end = entry.relativeOffsetOfLocalHeader + LOCAL_HEADER + entry.compressedSize
  }
}
