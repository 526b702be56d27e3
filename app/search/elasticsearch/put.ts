import { setImmediate } from 'node:timers/promises'
import { dayNumber, titleKey } from '../order.ts'
import { parts } from '../pieces.ts'
import type { SearchDocument } from '../port.ts'
import { fields } from '../query.ts'
import type { Ask } from './connection.ts'
import { type KnownNames, noteNames } from './note-names.ts'
import { unitText } from './terms.ts'
import { readPresent, type Version, type Write, write } from './write.ts'

/** Characters of files' texts that an item is found by: with their units some 40 MB, and a request has 100 at most. */
const MOST_TEXT = 5_000_000
/** Times that documents are tried which others write, too. */
const TRIES = 5

interface Text {
  file: string
  piece: number
  units: string
  text: string
}

interface Held {
  revision: number
  files: string[]
}

/**
 * Writes documents. What is older than what the index holds is passed over: a document is written only over the one that
 * was compared with it. Texts of files that the index has already stay there, or are taken from there.
 */
export async function put(
  ask: Ask,
  index: string,
  documents: SearchDocument[],
  read: (file: string) => Promise<string>,
  known?: KnownNames,
): Promise<void> {
  // Names come first: a name without items is not listed, an item without its names would be missed.
  await noteNames(ask, index, documents, known)
  let left = documents
  for (let tries = 0; left.length > 0; tries++) {
    if (tries === TRIES) throw new Error(`${left.length} documents were written by others again and again`)
    const ids = left.map(({ item }) => String(item))
    const held = await readPresent<Held>(ask, index, ids, ['revision', 'files'])
    const overtaken = await write(ask, index, writesOf(ask, index, left, held, read))
    left = left.filter(({ item }) => overtaken.has(String(item)))
  }
}

async function* writesOf(
  ask: Ask,
  index: string,
  documents: SearchDocument[],
  held: Map<string, { source: Held; version: Version }>,
  read: (file: string) => Promise<string>,
): AsyncGenerator<Write> {
  for (const document of documents) {
    const id = String(document.item)
    const before = held.get(id)
    if (before && before.source.revision > document.revision) continue
    const body = bodyOf(document)
    const kept = document.files.filter((file) => before?.source.files.includes(file))
    if (before && kept.length === document.files.length && kept.length === before.source.files.length)
      yield { id, kind: 'update', body, version: before.version }
    else {
      const texts = kept.length > 0 ? await heldTexts(ask, index, id, kept) : []
      let room = MOST_TEXT - texts.reduce((sum, { text }) => sum + text.length, 0)
      for (const file of document.files) {
        if (kept.includes(file)) continue
        const text = (await read(file)).slice(0, Math.max(0, room))
        room -= text.length
        for await (const piece of piecesOf(file, text)) texts.push(piece)
      }
      yield { id, kind: 'index', body: { ...body, texts }, version: before?.version }
    }
    // A long record takes a while to be cut; requests come in between.
    await setImmediate()
  }
}

/** The whole of a document but its texts. Every field is there: an update leaves what it does not name as it was. */
function bodyOf({ item, revision, status, publicationDate, issued, summary, ...document }: SearchDocument): object {
  const { titleReading, abstract, facets, creators, files } = document
  return {
    item,
    revision,
    status,
    publicationDate,
    issued: issued === undefined ? null : dayNumber(issued) || null,
    titleKey: titleKey(titleReading),
    // As text: what it does not say any more must not stay.
    summary: JSON.stringify(summary),
    beginnings: document.fields.title.map(titleKey),
    files,
    words: {
      ...Object.fromEntries(fields.map((field) => [field, document.fields[field].map(unitText)])),
      anywhere: [abstract, ...document.fields.other].map(unitText),
    },
    written: { ...document.fields, abstract },
    facets,
    orcids: creators.flatMap(({ value, orcid }) =>
      orcid !== undefined && facets.creator.includes(value) ? [givenOrcid(value, orcid)] : [],
    ),
  }
}

/** An ORCID as an item gives it to one of its creators. */
export const givenOrcid = (value: string, orcid: string): string => `${orcid} ${value}`

async function heldTexts(ask: Ask, index: string, id: string, files: string[]): Promise<Text[]> {
  const held = await readPresent<{ texts?: Text[] }>(ask, index, [id], ['texts'])
  return (held.get(id)?.source.texts ?? []).filter(({ file }) => files.includes(file))
}

async function* piecesOf(file: string, text: string): AsyncGenerator<Text> {
  let piece = 0
  for (const part of parts(text)) {
    yield { file, piece: piece++, units: unitText(part), text: part }
    await setImmediate()
  }
}
