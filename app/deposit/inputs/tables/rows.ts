import { Parser } from 'csv-parse'

/** Characters of one row at most: more than the largest record that the model allows would need. */
const LONGEST_ROW = 4 * 2 ** 20

/** A row as the table has it, counted from 1 with the header, as spreadsheets count; or why nothing more can be read. */
export type Row = { number: number; cells: string[] } | { number: number; fault: string }

/**
 * Reads rows of cells (RFC 4180; `separator` may be another). Line breaks are CR, LF or both, and part of the cell
 * inside quotation marks. A quotation mark inside a cell that does not begin with one is an ordinary character, which
 * is how spreadsheets read it and what tables with tabs often have. A first line `sep=;` names the separator, as
 * Excel takes it.
 */
export async function* readRows(pieces: AsyncIterable<string>, separator: string): AsyncGenerator<Row> {
  const { named, rest } = await separatorLine(pieces)
  let number = named === undefined ? 0 : 1
  let rows: string[][] = []
  const parser = new Parser({
    delimiter: named ?? separator,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: LONGEST_ROW,
    // Rows are taken here: from the parser's readable side, an error would take those before it along.
    on_record(cells: string[]) {
      rows.push(cells)
      return undefined
    },
  })
  parser.on('error', () => {})
  try {
    for await (const piece of withEnd(rest)) {
      const error = await new Promise<Error | null | undefined>((resolve) => {
        if (piece === undefined) parser.end(resolve)
        else parser.write(piece, resolve)
      })
      const read = rows
      rows = []
      for (const cells of read) yield { number: ++number, cells }
      if (error) {
        yield { number: number + 1, fault: faultOf(error) }
        return
      }
    }
  } finally {
    parser.destroy()
  }
}

async function* withEnd(pieces: AsyncIterable<string>): AsyncGenerator<string | undefined> {
  for await (const piece of pieces) if (piece !== '') yield piece
  yield undefined
}

function faultOf(error: Error & { code?: string }): string {
  const after = 'nothing from this row on was read'
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return `is longer than ${LONGEST_ROW} characters: is a quotation mark (") not closed? ${after}`
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return `has a quotation mark (") that is not closed; ${after}`
  throw error
}

async function separatorLine(pieces: AsyncIterable<string>) {
  const iterator = pieces[Symbol.asyncIterator]()
  let start = ''
  while (start.length < 16) {
    const { value, done } = await iterator.next()
    if (done) break
    start += value
  }
  const [line = '', named] = /^"?sep=([^\r\n"])"?(?:\r\n|\r|\n)/i.exec(start) ?? []
  return { named, rest: continued(start.slice(line.length), iterator) }
}

async function* continued(start: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  try {
    yield start
    yield* { [Symbol.asyncIterator]: () => rest }
  } finally {
    await rest.return?.(undefined)
  }
}
