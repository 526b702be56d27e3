import { type Entry, fromFdPromise, type ZipFile } from 'yauzl'
import { Problem } from '../../platform/problem.ts'
import { readNames } from './zip-names.ts'

/** Entries of one archive at most, and bytes of what its directory says of them: it is held in memory. */
const MOST_ENTRIES = 200_000
const LARGEST_DIRECTORY = 64 * 2 ** 20
/** A name has bytes and levels at most, so that no directory takes long to walk. */
const LONGEST_NAME = 1_000
const DEEPEST_NAME = 32
/** Bytes before an entry's own, without its name (APPNOTE 4.3.7). */
const LOCAL_HEADER = 30

export interface ZipDirectory {
  zip: ZipFile
  entries: Map<string, Entry>
  /** Names of records that stand in the archive again. */
  again: string[]
}

/**
 * Opens a ZIP archive on disk: its entries by name, folders and what systems leave behind (`__MACOSX`) left out.
 *
 * @param descriptor of the open archive; it stays open.
 * @throws Problem 400 if it is no archive or plays tricks, 413 if it holds more than a call may bring.
 */
export async function openZip(
  descriptor: number,
  { bytes, isRecord }: { bytes: number; isRecord: (name: string) => boolean },
): Promise<ZipDirectory> {
  try {
    // Names are read by us: the library knows UTF-8 and the code page of 1981 alone.
    const zip = await fromFdPromise(descriptor, { autoClose: false, lazyEntries: true, decodeStrings: false })
    const all = await readDirectory(zip, bytes)
    const nameOf = readNames(all)
    const entries = new Map<string, Entry>()
    const again: string[] = []
    for (const entry of all) {
      const name = nameOf(entry).normalize('NFC')
      if (name.endsWith('/') || /(^|\/)(__MACOSX\/|\.DS_Store$)/.test(name)) continue
      if (Buffer.byteLength(name) > LONGEST_NAME || name.split('/', DEEPEST_NAME + 1).length > DEEPEST_NAME)
        throw new Error(`a name is longer than ${LONGEST_NAME} bytes or deeper than ${DEEPEST_NAME} folders`)
      if (!entries.has(name)) entries.set(name, entry)
      else if (isRecord(name)) again.push(name)
      else throw new Error(`${name} stands in it twice`)
    }
    return { zip, entries, again }
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem(
      400,
      'Not a ZIP archive',
      `The body could not be read as a ZIP archive: ${(error as Error).message}`,
    )
  }
}

async function readDirectory(zip: ZipFile, limit: number): Promise<Entry[]> {
  if (zip.entryCount > MOST_ENTRIES)
    throw new Problem(413, 'Too large', `An archive may hold ${MOST_ENTRIES} entries at most; send several.`)
  const entries: Entry[] = []
  let bytes = 0
  let said = 0
  for await (const entry of zip.eachEntry()) {
    bytes += entry.uncompressedSize
    said += entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength
    if (said > LARGEST_DIRECTORY)
      throw new Problem(413, 'Too large', `The archive's directory is larger than ${LARGEST_DIRECTORY} bytes.`)
    entries.push(entry)
  }
  if (bytes > limit)
    throw new Problem(413, 'Too large', `This archive unpacks to ${bytes} bytes; ${limit} are allowed.`)
  refuseOverlaps(entries)
  return entries
}

/** Entries that share their bytes are how a small archive unpacks to what no disk holds: no program writes them. */
function refuseOverlaps(entries: readonly Entry[]) {
  let end = 0
  for (const entry of entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)) {
    if (entry.relativeOffsetOfLocalHeader < end) throw new Error('its entries overlap')
    end = entry.relativeOffsetOfLocalHeader + LOCAL_HEADER + entry.compressedSize
  }
}
