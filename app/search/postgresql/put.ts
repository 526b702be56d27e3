import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Database, Tx } from '../../platform/database/index.ts'
import { dayNumber, titleKey } from '../order.ts'
import { facets, type SearchDocument } from '../port.ts'
import { type Field, fields } from '../query.ts'
import { countNames, listingsBefore, listingsOf } from './count-names.ts'
import { type Piece, piecesOf } from './terms.ts'

/** Pieces written at a time: some megabytes. */
const PIECES_AT_ONCE = 30

/** Writes documents and the pieces beside them, all or nothing. */
export async function put(
  db: Database,
  documents: SearchDocument[],
  read: (file: string) => Promise<string>,
): Promise<void> {
  if (documents.length === 0) return
  // One order for all who write, so that two never wait for each other.
  const prepared: Prepared[] = []
  for (const document of documents.toSorted((a, b) => a.item - b.item)) {
    prepared.push(prepare(document))
    // A long record takes a while to be cut; requests come in between.
    await setImmediate()
  }
  await db.transaction().execute(async (tx) => {
    const before = await listingsBefore(
      tx,
      prepared.map(({ row }) => row.item),
    )
    const written = await putDocuments(tx, prepared)
    const taken = prepared.filter(({ row }) => written.has(row.item))
    const missing = await keepPieces(tx, taken)
    await putPieces(
      tx,
      taken.flatMap(({ row, beside }) => beside.map((piece, i) => pieceRow(row.item, null, i, piece))),
    )
    for (const { item, file } of missing) {
      let number = 0
      let rows: PieceRow[] = []
      for (const piece of piecesOf([{ text: await read(file) }])) {
        rows.push(pieceRow(item, file, number++, piece))
        if (rows.length < PIECES_AT_ONCE) continue
        await putPieces(tx, rows)
        rows = []
      }
      await putPieces(tx, rows)
    }
    await countNames(
      tx,
      before,
      taken.map(({ document }) => document),
    )
  })
}

type Prepared = ReturnType<typeof prepare>

function prepare(document: SearchDocument) {
  const { item, revision, status, publicationDate, issued, summary, titleReading, abstract, files } = document
  const ofField = (field: Field) => document.fields[field].map((text) => ({ field, text }))
  const texts = [...fields.flatMap(ofField), ...[abstract, ...document.fields.other].map((text) => ({ text }))]
  const [head, ...beside] = piecesOf(texts)
  return {
    document,
    files,
    beside,
    row: {
      item,
      revision,
      status,
      publication_date: publicationDate,
      summary,
      facets: facets.flatMap((facet) => document.facets[facet].map((value) => `${facet}:${value}`)),
      issued: dayNumber(issued ?? ''),
      title_key: titleKey(titleReading),
      abstract,
      terms: head?.terms ?? '',
      listed: listingsOf(document),
    },
  }
}

async function putDocuments(tx: Tx, prepared: Prepared[]): Promise<Set<number>> {
  const { rows } = await sql<{ item: number }>`
    insert into search_document
      (item, revision, status, publication_date, summary, facets, issued, title_key, abstract, terms, listed)
    select * from json_to_recordset(${JSON.stringify(prepared.map(({ row }) => row))}) as given (
      item integer, revision integer, status text, publication_date date, summary jsonb, facets text[],
      issued integer, title_key text, abstract text, terms tsvector, listed jsonb)
    on conflict (item) do update set
      revision = excluded.revision, status = excluded.status, publication_date = excluded.publication_date,
      summary = excluded.summary, facets = excluded.facets, issued = excluded.issued,
      title_key = excluded.title_key, abstract = excluded.abstract, terms = excluded.terms, listed = excluded.listed
    where excluded.revision >= search_document.revision
    returning item`.execute(tx)
  return new Set(rows.map(({ item }) => item))
}

/** Removes the pieces that do not belong to the documents any more, and tells which files have none yet. */
async function keepPieces(tx: Tx, prepared: Prepared[]): Promise<{ item: number; file: string }[]> {
  const items = prepared.map(({ row }) => row.item)
  const pairs = JSON.stringify(prepared.flatMap(({ row, files }) => files.map((file) => ({ item: row.item, file }))))
  const wanted = sql`json_to_recordset(${pairs}) as wanted (item integer, file uuid)`
  await sql`
    delete from search_piece where item = any (${items})
      and not exists (select from ${wanted} where (wanted.item, wanted.file) = (search_piece.item, search_piece.file))
  `.execute(tx)
  const { rows } = await sql<{ item: number; file: string }>`
    select item, file from ${wanted} where not exists (
      select from search_piece where (search_piece.item, search_piece.file) = (wanted.item, wanted.file))
  `.execute(tx)
  return rows
}

interface PieceRow extends Piece {
  item: number
  file: string | null
  piece: number
}

const pieceRow = (item: number, file: string | null, number: number, { terms, text }: Piece): PieceRow => ({
  item,
  file,
  piece: number,
  terms,
  text,
})

async function putPieces(tx: Tx, rows: PieceRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into search_piece (item, file, piece, terms, text)
    select * from json_to_recordset(${JSON.stringify(rows)}) as given (
      item integer, file uuid, piece integer, terms tsvector, text text)`.execute(tx)
}
