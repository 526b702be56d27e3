import { basename, dirname, normalize } from 'node:path/posix'
import { buffer } from 'node:stream/consumers'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { Problem } from '../platform/problem.ts'
import { type Reading, readJpcoar } from '../records/index.ts'
import type { Incoming, IncomingFile, IncomingFiles } from './incoming.ts'
import { LONGEST_XML, refused } from './xml.ts'

/** Entries of one archive at most: its directory is held in memory. */
const MOST_ENTRIES = 200_000

/**
 * Reads records and their files from a ZIP archive on disk (its directory is at the end, so it cannot be read as it
 * arrives). Every `.xml` is a record, except those that lie in the folder of another; the files of `x.xml` lie in the
 * folder `x/` beside it or wherever its relative addresses lead.
 *
 * @throws Problem 400 if it is no archive, 413 if it holds more than a call may bring.
 */
export async function* readZip(path: string, limits: { bytes: number }): AsyncGenerator<Incoming> {
  const zip = await openPromise(path, { autoClose: false, lazyEntries: true }).catch(refuse)
  try {
    const entries = await readDirectory(zip, limits)
    const folders = groupByFolder(entries)
    for (const [name, entry] of entries) {
      if (!isRecord(name, entries)) continue
      yield {
        source: name,
        reading: await readRecord(zip, entry),
        files: filesOf(zip, name, entries, folders),
      }
    }
  } finally {
    zip.close()
  }
}

async function readDirectory(zip: ZipFile, limits: { bytes: number }): Promise<Map<string, Entry>> {
  if (zip.entryCount > MOST_ENTRIES)
    throw new Problem(413, 'Too large', `An archive may hold ${MOST_ENTRIES} entries at most; send several.`)
  const entries = new Map<string, Entry>()
  let bytes = 0
  try {
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName.normalize('NFC')
      if (name.endsWith('/') || /(^|\/)(__MACOSX\/|\.DS_Store$)/.test(name)) continue
      bytes += entry.uncompressedSize
      entries.set(name, entry)
    }
  } catch (error) {
    refuse(error)
  }
  if (bytes > limits.bytes)
    throw new Problem(413, 'Too large', `This archive unpacks to ${bytes} bytes; ${limits.bytes} are allowed.`)
  return entries
}

function refuse(error: unknown): never {
  throw new Problem(
    400,
    'Not a ZIP archive',
    `The body could not be read as a ZIP archive: ${(error as Error).message}`,
  )
}

/** Files by each folder that they lie in, however deep. */
function groupByFolder(entries: ReadonlyMap<string, Entry>) {
  const folders = new Map<string, Map<string, Entry>>()
  for (const [name, entry] of entries) {
    for (let folder = dirname(name); folder !== '.'; folder = dirname(folder)) {
      const files = folders.get(folder) ?? new Map<string, Entry>()
      folders.set(folder, files.set(name.slice(folder.length + 1), entry))
    }
  }
  return folders
}

const isXml = (name: string) => /\.xml$/i.test(name)
const stem = (name: string) => name.slice(0, -'.xml'.length)

function isRecord(name: string, entries: ReadonlyMap<string, Entry>): boolean {
  if (!isXml(name)) return false
  for (let folder = dirname(name); folder !== '.'; folder = dirname(folder))
    if (entries.has(`${folder}.xml`)) return false
  return true
}

function filesOf(
  zip: ZipFile,
  record: string,
  entries: ReadonlyMap<string, Entry>,
  folders: ReadonlyMap<string, ReadonlyMap<string, Entry>>,
): IncomingFiles {
  const asFile = (entry: Entry): IncomingFile => ({ open: () => zip.openReadStreamPromise(entry) })
  const own = stem(record)
  const folder = new Map([...(folders.get(own) ?? [])].map(([name, entry]) => [name, asFile(entry)]))
  return {
    folder,
    at(path) {
      for (const start of [dirname(record), own]) {
        const full = normalize(`${start}/${path}`).replace(/^\.\//, '')
        const entry = entries.get(full)
        if (!entry || full === record) continue
        const name = full.startsWith(`${own}/`) ? full.slice(own.length + 1) : basename(full)
        return { name, file: folder.get(name) ?? asFile(entry) }
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
