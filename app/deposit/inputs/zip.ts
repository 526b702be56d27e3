import { basename, dirname, normalize } from 'node:path/posix'
import { buffer } from 'node:stream/consumers'
import { type Entry, fromFdPromise, type ZipFile } from 'yauzl'
import { Problem } from '../../platform/problem.ts'
import { type Reading, readJpcoar } from '../../records/index.ts'
import { type Incoming, type IncomingFile, type IncomingFiles, noFiles } from '../incoming.ts'
import { bagIn } from './bag.ts'
import { CRATE, readCrate } from './crate.ts'
import type { Input } from './index.ts'
import { LONGEST_XML, refused } from './record-xml.ts'
import { openScratch } from './scratch.ts'

/** Entries of one archive at most: its directory is held in memory. */
const MOST_ENTRIES = 200_000
/** A name has bytes and levels at most, so that no directory takes long to walk. */
const LONGEST_NAME = 1_000
const DEEPEST_NAME = 32

/** An archive of records with their files. It may unpack to four times what a call may bring. */
export const zip: Input = {
  types: ['application/zip'],
  async *read({ body, limit }) {
    const archive = await openScratch()
    try {
      await archive.writeFile(body)
      const limits = { bytes: limit * 4 }
      const bag = await bagIn(archive.fd, limits)
      if (bag && 'restored' in bag) yield* bag.restored
      else yield* readZip(archive.fd, limits, bag?.payload)
    } finally {
      await archive.close()
    }
  },
}

/**
 * Reads records and their files from a ZIP archive on disk (its directory is at the end, so it cannot be read as it
 * arrives). Every `.xml` is a record, except those that lie in the folder of another; the files of `x.xml` lie in the
 * folder `x/` beside it or wherever its relative addresses lead.
 *
 * @param descriptor of the open archive; it stays open.
 * @param below the folder that alone counts, with a slash at its end; paths are relative to it.
 * @throws Problem 400 if it is no archive, 413 if it holds more than a call may bring.
 */
async function* readZip(descriptor: number, limits: { bytes: number }, below = ''): AsyncGenerator<Incoming> {
  const zip = await fromFdPromise(descriptor, { autoClose: false, lazyEntries: true }).catch(refuse)
  const { entries, again } = await readDirectory(zip, limits, below)
  const stems = new Set([...entries.keys()].filter(isXml).map(stem))
  const owned = Map.groupBy(entries.keys(), (name) => owner(name, stems))
  const records = (owned.get(undefined) ?? []).filter(isXml)
  for (const name of records) {
    const files = filesOf(zip, name, entries, owned.get(stem(name)) ?? [])
    yield { source: name, reading: await readRecord(zip, entries.get(name) as Entry), files }
  }
  const crate = entries.get(CRATE)
  if (records.length === 0 && crate) yield await readCrateIn(zip, crate, entries)
  // The caller rejects a source that it has seen.
  for (const name of again)
    yield { source: name, reading: { record: undefined, errors: [], warnings: [] }, files: noFiles }
}

/** The entries by name, and the names of records that stand in the archive again. */
async function readDirectory(zip: ZipFile, limits: { bytes: number }, below: string) {
  if (zip.entryCount > MOST_ENTRIES)
    throw new Problem(413, 'Too large', `An archive may hold ${MOST_ENTRIES} entries at most; send several.`)
  const entries = new Map<string, Entry>()
  const again: string[] = []
  let bytes = 0
  try {
    for await (const entry of zip.eachEntry()) {
      const path = entry.fileName.normalize('NFC')
      if (!path.startsWith(below)) continue
      const name = path.slice(below.length)
      if (name.endsWith('/') || /(^|\/)(__MACOSX\/|\.DS_Store$)/.test(name)) continue
      if (Buffer.byteLength(name) > LONGEST_NAME || name.split('/', DEEPEST_NAME + 1).length > DEEPEST_NAME)
        throw new Error(`a name is longer than ${LONGEST_NAME} bytes or deeper than ${DEEPEST_NAME} folders`)
      bytes += entry.uncompressedSize
      if (!entries.has(name)) entries.set(name, entry)
      else if (isXml(name)) again.push(name)
      else throw new Error(`${name} stands in it twice`)
    }
  } catch (error) {
    refuse(error)
  }
  if (bytes > limits.bytes)
    throw new Problem(413, 'Too large', `This archive unpacks to ${bytes} bytes; ${limits.bytes} are allowed.`)
  return { entries, again }
}

function refuse(error: unknown): never {
  throw new Problem(
    400,
    'Not a ZIP archive',
    `The body could not be read as a ZIP archive: ${(error as Error).message}`,
  )
}

const isXml = (name: string) => /\.xml$/i.test(name)
const stem = (name: string) => name.slice(0, -'.xml'.length)

/** The folder of a record in which a name lies: the outermost, for what lies in it is files. */
function owner(name: string, stems: ReadonlySet<string>): string | undefined {
  for (let slash = name.indexOf('/'); slash !== -1; slash = name.indexOf('/', slash + 1)) {
    const folder = name.slice(0, slash)
    if (stems.has(folder)) return folder
  }
  return undefined
}

function filesOf(
  zip: ZipFile,
  record: string,
  entries: ReadonlyMap<string, Entry>,
  inFolder: readonly string[],
): IncomingFiles {
  const opened = new Map<string, IncomingFile>()
  /** One and the same file for one entry, however it is named. */
  const fileOf = (name: string): IncomingFile => {
    const file = opened.get(name) ?? { open: () => zip.openReadStreamPromise(entries.get(name) as Entry) }
    opened.set(name, file)
    return file
  }
  const own = `${stem(record)}/`
  return {
    folder: new Map(inFolder.map((name) => [name.slice(own.length), fileOf(name)])),
    at(path) {
      for (const start of [dirname(record), own]) {
        const name = normalize(`${start}/${path}`)
        if (name === record || !entries.has(name)) continue
        return { name: name.startsWith(own) ? name.slice(own.length) : basename(name), file: fileOf(name) }
      }
      return undefined
    },
  }
}

async function readRecord(zip: ZipFile, entry: Entry): Promise<Reading> {
  if (entry.uncompressedSize > LONGEST_XML) return refused('xml.length', `is longer than ${LONGEST_XML / 2 ** 20} MiB`)
  try {
    return readJpcoar(await buffer(await zip.openReadStreamPromise(entry)))
  } catch (error) {
    return refused('zip.entry', `cannot be unpacked: ${(error as Error).message}`)
  }
}

async function readCrateIn(zip: ZipFile, crate: Entry, entries: ReadonlyMap<string, Entry>): Promise<Incoming> {
  const fileAt = (path: string) => {
    const entry = entries.get(path)
    return entry && { open: () => zip.openReadStreamPromise(entry) }
  }
  if (crate.uncompressedSize > LONGEST_XML)
    return {
      source: CRATE,
      reading: refused('crate.length', `is longer than ${LONGEST_XML / 2 ** 20} MiB`),
      files: noFiles,
    }
  return readCrate((await buffer(await zip.openReadStreamPromise(crate))).toString(), fileAt)
}
