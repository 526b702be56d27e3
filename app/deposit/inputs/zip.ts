import { basename, dirname, normalize } from 'node:path/posix'
import { buffer } from 'node:stream/consumers'
import type { Entry, ZipFile } from 'yauzl'
import { openScratch } from '../../platform/scratch.ts'
import { type Reading, readJpcoar } from '../../records/index.ts'
import { type Incoming, type IncomingFile, type IncomingFiles, noFiles } from '../incoming.ts'
import { bagIn } from './bag.ts'
import { CRATE, readCrate } from './crate.ts'
import type { Input } from './index.ts'
import { LONGEST_XML, refused } from './record-xml.ts'
import { readTableEntry, tableIn } from './tables/index.ts'
import { openZip } from './zip-directory.ts'

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
 * folder `x/` beside it or wherever its relative addresses lead. Where a table lies above all of them, its rows are the
 * records, and name their files.
 *
 * @param descriptor of the open archive; it stays open.
 * @param below the folder that alone counts, with a slash at its end; paths are relative to it.
 * @throws Problem 400 if it is no archive or plays tricks, 413 if it holds more than a call may bring.
 */
async function* readZip(descriptor: number, limits: { bytes: number }, below = ''): AsyncGenerator<Incoming> {
  const { zip, entries, again } = await openZip(descriptor, { ...limits, below, isRecord: isXml })
  // What an RO-Crate describes are its parts, tables too.
  const table = entries.has(CRATE) ? undefined : tableIn(entries.keys())
  if (table !== undefined) {
    const open = () => zip.openReadStreamPromise(entries.get(table) as Entry)
    yield* readTableEntry(table, open, filesOf(zip, table, entries, []))
    return
  }
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
