import { lines } from '../../../platform/pieces.ts'
import { Problem } from '../../../platform/problem.ts'
import { notesIn, openScratch } from '../../../platform/scratch.ts'
import { Record } from '../../../records/model.ts'
import { type Cells, cellsOf } from './cells-of.ts'
import { singular } from './model.ts'

/** What a row says: a record, and what stands beside it. */
export interface TableRow {
  source: string
  publicationDate: string
  record: Record
}

/** Columns of a table at most: an import takes no more. */
const MOST_COLUMNS = 10_000

/**
 * A table of records that an import understands, with the columns that they need and no others. Which these are shows
 * with the last record, so the rows wait in a scratch file.
 *
 * @param folder for that file.
 * @throws Problem 422 before the first line, if the records need more columns than a table may have.
 */
export async function* writeTable(records: AsyncIterable<TableRow>, folder: string): AsyncGenerator<string> {
  const file = await openScratch(folder)
  try {
    const notes = notesIn(file)
    const seen = new Set<string>()
    for await (const { record, ...beside } of records) {
      const cells: Cells = { ...beside, ...cellsOf(record) }
      for (const name of Object.keys(cells)) seen.add(name)
      if (seen.size > MOST_COLUMNS)
        throw new Problem(
          422,
          'Too wide',
          `These records need more than ${MOST_COLUMNS} columns: take them as NDJSON, or fewer of them.`,
        )
      await notes.append(Buffer.from(`${JSON.stringify(cells)}\n`))
    }
    const columns = [...seen].sort(inOrder)
    // The mark by which Excel knows UTF-8.
    yield `\ufeff${rowOf(columns)}`
    for await (const line of lines(notes.read(), Number.POSITIVE_INFINITY)) {
      const cells = JSON.parse(Buffer.from(line as Uint8Array).toString()) as Cells
      yield rowOf(columns.map((column) => inert(cells[column] ?? '')))
    }
  } finally {
    await file.close()
  }
}

const rowOf = (cells: string[]) => `${cells.map(quoted).join(',')}\r\n`
const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** A blank before what a spreadsheet would take for a formula: it is text then, and imports do not mind the blank. */
const inert = (cell: string) => (/^[=+\-@\t\r]/.test(cell) && !/^[-+]?\d+(\.\d+)?$/.test(cell) ? ` ${cell}` : cell)

/** The place of a field in the model, by its name and by that of one of its members. */
const PLACES = new Map(
  ['source', 'publicationDate', ...Object.keys(Record.shape)].flatMap((field, place) => [
    [field, place],
    [singular(field), place],
  ]),
)
const placeOf = (column: string) => PLACES.get(/^[^.[]*/.exec(column)?.[0] as string) ?? PLACES.size
const collator = new Intl.Collator('en', { numeric: true })

/** As the model has its fields; members of a list one after the other. */
const inOrder = (a: string, b: string) => placeOf(a) - placeOf(b) || collator.compare(a, b) || (a < b ? -1 : 1)
