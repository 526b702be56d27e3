import { basename, dirname, normalize } from 'node:path/posix'
import { buffer } from 'node:stream/consumers'
import type { Entry, ZipFile } from 'yauzl'
import { Problem } from '../../platform/problem.ts'
import { openScratch, writeScratch } from '../../platform/scratch.ts'
import { isLeftBehind, openZip, type ZipDirectory, ZipRefused } from '../../platform/zip/index.ts'
import { bounded, type Reading, readJpcoar } from '../../records/index.ts'
import { type Incoming, type IncomingFile, type IncomingFiles, noFiles } from '../incoming.ts'
import { relativePath } from '../match-files.ts'
import { fault } from '../rejection.ts'
import { bagIn } from './bag.ts'
import { CRATE, type Crate, noCrate, readCrate } from './crate.ts'
import type { Input } from './index.ts'
import { LONGEST_XML, refused } from './record-xml.ts'
import { readTableEntry, tableIn } from './tables/index.ts'

/** A name has bytes and levels at most, so that no directory takes long to walk. */
const LONGEST_NAME = 1_000
const DEEPEST_NAME = 32
/** What Windows leaves behind, and how an RO-Crate looks in a browser. */
const HARMLESS = /(^|\/)(Thumbs\.db|desktop\.ini|ro-crate-preview(\.html$|_files\/.*))$/i

/** An archive of records with their files. It may unpack to four times what a call may bring. */
export const zip: Input = {
  types: ['application/zip'],
  async *read({ body, limit, scratch }) {
    const archive = await openScratch(scratch)
    try {
      await writeScratch(archive, body)
      const directory = await opened(archive.fd, limit * 4)
      const bag = await bagIn(directory)
      if (bag && 'restored' in bag) yield* bag.restored
      else yield* readZip(directory, bag?.payload ?? '')
    } finally {
      await archive.close()
    }
  },
}

/**
 * The archive on disk: its directory is at the end, so that it cannot be read as it arrives.
 *
 * @throws Problem 400 if it is no archive or plays tricks, 413 if it holds more than a call may bring.
 */
async function opened(descriptor: number, bytes: number): Promise<ZipDirectory> {
  try {
    return await openZip(descriptor, { bytes })
  } catch (error) {
    if (!(error instanceof ZipRefused)) throw error
    throw error.tooLarge ? new Problem(413, 'Too large', error.message) : notReadable(error.message)
  }
}

const notReadable = (why: string) =>
  new Problem(400, 'Not a ZIP archive', `The body could not be read as a ZIP archive: ${why}`)

/**
 * Reads records and their files from an archive. Every `.xml` is a record, except those that lie in the folder of another; the files of `x.xml` lie in the
 * folder `x/` beside it or wherever its relative addresses lead. Where a table lies above all of them, its rows are the
 * records, and name their files.
 *
 * @param below the folder that alone counts, with a slash at its end; paths are relative to it.
 * @throws Problem 400 if names are too long, or two files that are no records have the same, 422 if there is no
 * record in it.
 */
async function* readZip({ zip, ...archive }: ZipDirectory, below: string): AsyncGenerator<Incoming> {
  const entries = entriesBelow(below, archive.entries)
  const again = archive.again.filter((name) => name.startsWith(below) && !isLeftBehind(name))
  for (const name of again) if (!isXml(name)) throw notReadable(`${name} stands in it twice`)
  const used = new Set<string>()
  yield* namingUnused(recordsIn(zip, entries, used), entries, used)
  // The caller rejects a source that it has seen.
  for (const name of again)
    yield { source: name, reading: { record: undefined, errors: [], warnings: [] }, files: noFiles }
}

/** @param used gets the names of all entries that a record has. */
async function* recordsIn(zip: ZipFile, entries: ReadonlyMap<string, Entry>, used: Set<string>) {
  const crate = await readCrateIn(zip, entries, used)
  // What an RO-Crate describes are its parts, tables too.
  const table = crate ? undefined : tableIn(entries.keys())
  if (table !== undefined) {
    const open = () => zip.openReadStreamPromise(entries.get(table) as Entry)
    yield* readTableEntry(table, open, filesOf(zip, table, entries, [], used))
    return
  }
  const isRecord = (name: string) => isXml(name) && !crate?.parts.has(name)
  const stems = new Set([...entries.keys()].filter(isRecord).map(stem))
  const owned = Map.groupBy(entries.keys(), (name) => owner(name, stems))
  const records = (owned.get(undefined) ?? []).filter(isRecord)
  for (const name of records) {
    const files = filesOf(zip, name, entries, owned.get(stem(name)) ?? [], used)
    yield { source: name, reading: await readRecord(zip, entries.get(name) as Entry), files }
  }
  if (records.length > 0) return
  if (crate) yield crate.incoming
  else if (entries.size > 0)
    throw new Problem(
      422,
      'No records',
      `This archive has ${entries.size} files and no record: a record is a file .xml of JPCOAR, a row of a table .csv or .tsv, or ${CRATE} at the top or in the one folder there.`,
    )
}

/** Passes records on; the last of them warns of the files that none has: nobody would look for them. */
async function* namingUnused(
  records: AsyncGenerator<Incoming>,
  entries: ReadonlyMap<string, Entry>,
  used: ReadonlySet<string>,
): AsyncGenerator<Incoming> {
  let last: Incoming | undefined
  try {
    for await (const incoming of records) {
      if (last) yield last
      last = incoming
      for (const { uri } of incoming.reading.record?.files ?? []) {
        const path = uri === undefined ? undefined : relativePath(uri)
        if (path !== undefined) incoming.files.at(path)
      }
    }
  } catch (error) {
    if (last) yield last
    throw error
  }
  if (!last) return
  const unused = [...entries.keys()].filter((name) => !used.has(name) && !HARMLESS.test(name))
  const warnings = unused.map((name) =>
    fault('import.unused', 'files', `${name} belongs to no record and was left out`),
  )
  const { reading } = last
  yield { ...last, reading: { ...reading, warnings: [...reading.warnings, ...bounded(warnings)] } }
}

function entriesBelow(below: string, all: ReadonlyMap<string, Entry>): Map<string, Entry> {
  const entries = new Map<string, Entry>()
  for (const [path, entry] of all) {
    if (!path.startsWith(below) || isLeftBehind(path)) continue
    const name = path.slice(below.length)
    if (Buffer.byteLength(name) > LONGEST_NAME || name.split('/', DEEPEST_NAME + 1).length > DEEPEST_NAME)
      throw notReadable(`a name is longer than ${LONGEST_NAME} bytes or deeper than ${DEEPEST_NAME} folders`)
    entries.set(name, entry)
  }
  return entries
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
  used: Set<string>,
): IncomingFiles {
  for (const name of [record, ...inFolder]) used.add(name)
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
        used.add(name)
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

/** The RO-Crate that the archive is, or that lies in its one folder. */
async function readCrateIn(
  zip: ZipFile,
  entries: ReadonlyMap<string, Entry>,
  used: Set<string>,
): Promise<Crate | undefined> {
  const base = entries.has(CRATE) ? '' : oneFolder(entries.keys())
  const entry = entries.get(`${base}${CRATE}`)
  if (!entry) return undefined
  used.add(`${base}${CRATE}`)
  const fileAt = (path: string) => {
    const entry = entries.get(`${base}${path}`)
    if (entry) used.add(`${base}${path}`)
    return entry && { open: () => zip.openReadStreamPromise(entry) }
  }
  const none = (rule: string, message: string) => ({ incoming: noCrate(rule, message), parts: new Set<string>() })
  if (entry.uncompressedSize > LONGEST_XML) return none('crate.length', `is longer than ${LONGEST_XML / 2 ** 20} MiB`)
  let json: string
  try {
    json = (await buffer(await zip.openReadStreamPromise(entry))).toString()
  } catch (error) {
    return none('zip.entry', `cannot be unpacked: ${(error as Error).message}`)
  }
  const { incoming, parts } = readCrate(json, fileAt)
  return { incoming, parts: new Set([...parts].map((path) => `${base}${path}`)) }
}

/** The folder that everything lies in, with a slash at its end; empty if there is none. */
function oneFolder(names: Iterable<string>): string {
  let folder: string | undefined
  for (const name of names) {
    folder ??= name.slice(0, name.indexOf('/') + 1)
    if (!name.startsWith(folder)) return ''
  }
  return folder ?? ''
}
