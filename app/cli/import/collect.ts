import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, normalize } from 'node:path'
import { SaxesParser } from 'saxes'
import { isOaiPmh } from '../../records/index.ts'
import { fromCaller } from '../local.ts'
import { PlainError } from '../plain-error.ts'

/** A file on disk, and its path as the institution is told it: below the folder that was named, with `/`. */
export interface CollectedFile {
  path: string
  disk: string
  bytes: number
}

/** A JPCOAR record and the files that go with it. */
export interface CollectedRecord {
  /** The folder that paths are relative to. */
  root: string
  /** The record's `source` is its path. */
  xml: CollectedFile
  files: CollectedFile[]
}

/** What was named and is sent as it is, because it holds any number of records itself. */
export interface CollectedStream {
  disk: string
  type: string
  /** It is a folder, packed while it is sent: a bag, a crate or a table with its files belongs together. */
  folder?: true
}

/** Files that hold any number of records, by the endings of their names. */
const STREAMS: readonly [ending: RegExp, type: string][] = [
  [/\.zip$/i, 'application/zip'],
  [/\.(ndjson|jsonl)$/i, 'application/x-ndjson'],
  [/\.json$/i, 'application/json'],
  [/\.csv$/i, 'text/csv'],
  [/\.tsv$/i, 'text/tab-separated-values'],
]

const isXml = (name: string) => /\.xml$/i.test(name)
const withoutXml = (name: string) => name.slice(0, -'.xml'.length)

/**
 * What the arguments of an import name, in their order; in a folder, in the order of the names.
 *
 * @throws PlainError for an argument that is nothing that can be imported.
 */
export async function* collect(args: string[]): AsyncGenerator<CollectedRecord | CollectedStream> {
  for (const arg of args) {
    const disk = fromCaller(arg)
    const stats = await stat(disk).catch(() => {
      throw new PlainError(`There is no file or folder ${arg}.`)
    })
    if (stats.isDirectory() && (await belongsTogether(disk))) yield { disk, type: 'application/zip', folder: true }
    else if (stats.isDirectory()) yield* collectFolder(disk, '')
    else if (isXml(arg)) yield await collectXml(dirname(disk), basename(disk))
    else {
      const [, type] = STREAMS.find(([ending]) => ending.test(arg)) ?? []
      if (!type)
        throw new PlainError(
          `${arg} cannot be imported: name a folder, or files .xml, .zip, .csv, .tsv, .json, .ndjson or .jsonl.`,
        )
      yield { disk, type }
    }
  }
}

/**
 * Whether what lies in a folder says something only together: a bag, an RO-Crate, or the files of one table, which lies
 * above all else that could be records.
 */
async function belongsTogether(folder: string): Promise<boolean> {
  const files = (await readFolder(folder)).flatMap(({ name, isFolder }) => (isFolder ? [] : [name]))
  if (files.includes('bagit.txt') || files.includes('ro-crate-metadata.json')) return true
  return files.filter((name) => /\.(csv|tsv)$/i.test(name)).length === 1 && !files.some(isXml)
}

/** Whether a file is an answer of OAI-PMH with any number of records, rather than one record. */
async function isList(disk: string): Promise<boolean> {
  for await (const beginning of createReadStream(disk, { highWaterMark: 64 * 1024 }))
    return isOaiPmh(beginning as Uint8Array)
  return false
}

async function* collectFolder(root: string, folder: string): AsyncGenerator<CollectedRecord | CollectedStream> {
  const entries = await readFolder(join(root, folder))
  for (const { name, isFolder } of entries) {
    const path = folder === '' ? name : `${folder}/${name}`
    // The folder x/ beside x.xml holds that record's files, whatever they are.
    if (isFolder && !entries.some((other) => isXml(other.name) && withoutXml(other.name) === name))
      yield* collectFolder(root, path)
    if (!isFolder && isXml(name)) yield await collectXml(root, path)
  }
}

async function collectXml(root: string, path: string): Promise<CollectedRecord | CollectedStream> {
  const disk = join(root, path)
  return (await isList(disk)) ? { disk, type: 'application/xml' } : await collectRecord(root, path)
}

async function collectRecord(root: string, path: string): Promise<CollectedRecord> {
  const xml = await fileAt(root, path)
  if (!xml) throw new PlainError(`${join(root, path)} is no file any more.`)
  const files = new Map<string, CollectedFile>()
  const own = withoutXml(path)
  for await (const file of filesBelow(root, own)) files.set(file.path, file)
  for (const reference of await readReferences(xml.disk)) {
    // As it is written, and with its escapes undone: either may be the file's name.
    for (const named of new Set([reference, decoded(reference)])) {
      const below = normalize(join(dirname(path), named)).replaceAll('\\', '/')
      if (below.startsWith('../') || below === path || files.has(below)) continue
      const file = await fileAt(root, below)
      if (file) files.set(below, file)
    }
  }
  return { root, xml, files: [...files.values()] }
}

async function* filesBelow(root: string, folder: string): AsyncGenerator<CollectedFile> {
  for (const { name, isFolder } of await readFolder(join(root, folder))) {
    const path = `${folder}/${name}`
    if (isFolder) yield* filesBelow(root, path)
    else {
      const file = await fileAt(root, path)
      if (file) yield file
    }
  }
}

/** What lies in a folder, in the order of the names; nothing if there is none. Hidden files are the system's. */
async function readFolder(folder: string) {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return []
    throw new PlainError(`${folder} cannot be read (${error.code}).`)
  })
  return entries
    .filter(({ name }) => !name.startsWith('.'))
    .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

async function fileAt(root: string, path: string): Promise<CollectedFile | undefined> {
  const disk = join(root, path)
  const stats = await stat(disk).catch(() => undefined)
  return stats?.isFile() ? { path, disk, bytes: stats.size } : undefined
}

/** The relative addresses by which a record names files. A record that cannot be read is the institution's to refuse. */
async function readReferences(xml: string): Promise<string[]> {
  const found: string[] = []
  const parser = new SaxesParser({ xmlns: true })
  let text: string | undefined
  parser.on('opentag', ({ local }) => {
    text = local === 'URI' ? '' : undefined
  })
  parser.on('text', (part) => {
    if (text !== undefined) text += part
  })
  parser.on('closetag', ({ local }) => {
    const reference = text?.trim()
    if (local === 'URI' && reference && !/^([a-z][a-z0-9+.-]*:|\/)/i.test(reference)) found.push(reference)
    text = undefined
  })
  try {
    for await (const chunk of createReadStream(xml, 'utf8')) parser.write(chunk)
  } catch {
    return []
  }
  return found
}

function decoded(reference: string): string {
  try {
    return decodeURIComponent(reference)
  } catch {
    return reference
  }
}
