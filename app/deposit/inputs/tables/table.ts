import { Problem } from '../../../platform/problem.ts'
import { type Finding, fitToModel, type Reading, shown } from '../../../records/index.ts'
import type { Incoming, IncomingFiles } from '../../incoming.ts'
import { type Assembled, assemble, type CellValue, placeKey } from './assemble.ts'
import { MOST_VALUES, splitCell } from './cells.ts'
import { brokenCell, lostDigits, mangledDate, perhapsDate } from './excel.ts'
import { type HeaderColumn, readHeader } from './header.ts'
import { Parameters, singular } from './model.ts'
import { type Row, readRows } from './rows.ts'
import { decodeText, LOST, type Text } from './text.ts'

/** Characters of one cell at most: as many as the longest text of the model. */
const LONGEST_CELL = 200_000
/** Values of one row at most: checking a record must not cost more than reading it did. */
const MOST_OF_A_ROW = 100_000

/**
 * Reads a table whose first row names the columns and whose other rows are a record each. Rows without anything in
 * them are passed over.
 *
 * @param from `separator` between cells; `charset` of the media type, if it said one; `files` that came along
 * @throws Problem before the first record, if the encoding, the header or a column in it cannot be understood.
 */
export async function* readTable(
  body: AsyncIterable<Uint8Array>,
  from: { separator: string; charset: string | undefined; files: IncomingFiles },
): AsyncGenerator<Incoming> {
  const text = decodeText(body, from.charset)
  let columns: ReturnType<typeof readHeader> | undefined
  for await (const row of readRows(text.pieces, from.separator)) {
    if ('fault' in row && !columns) throw new Problem(422, 'No table', `Row ${row.number} ${row.fault}.`)
    if ('fault' in row) {
      const errors = [{ rule: 'table.row', path: `row ${row.number}`, message: row.fault }]
      yield { source: undefined, reading: { record: undefined, errors, warnings: [] }, files: from.files }
    } else if (row.cells.every(isBlank)) continue
    else if (columns) yield { ...readRow(row, columns, text), files: from.files }
    else columns = readHeader(row.cells)
  }
  // A table of nothing at all lacks its header too.
  if (!columns) readHeader([])
}

const isBlank = (cell: string) => cell.trim() === ''

function readRow(row: Row & { cells: string[] }, columns: (HeaderColumn | undefined)[], text: Text) {
  const at = (column: string) => (column === '' ? `row ${row.number}` : `row ${row.number}, ${column}`)
  const errors: Finding[] = []
  const warnings: Finding[] = []
  const fail = (rule: string, column: string, message: string) => errors.push({ rule, path: at(column), message })

  const { cells } = row
  if (cells.length < columns.length || cells.slice(columns.length).some((cell) => !isBlank(cell))) {
    fail('table.width', '', `has ${cells.length} cells, but the header has ${columns.length}`)
    // Which cell belongs to which column is not known then, nor so the source.
    return { source: undefined, reading: { record: undefined, errors, warnings } as Reading }
  }
  const values: CellValue[] = []
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? ''
    if (!column || isBlank(cell)) continue
    const wrong = wrongCell(cell, column, text)
    if (wrong) {
      fail(wrong.rule, column.name, wrong.message)
      // Something is said here, so that the model must not find it missing.
      values.push({ column, number: column.repeated ?? 1, value: cell.slice(0, 80).trim() })
    } else values.push(...valuesOf(cell, column))
    const perhaps = RANGES.has(column.moves[0]?.field ?? '') ? perhapsDate(cell) : undefined
    if (perhaps) warnings.push({ rule: 'table.date', path: at(column.name), message: perhaps })
  }
  if (values.length > MOST_OF_A_ROW) {
    fail('table.values', '', `holds more than ${MOST_OF_A_ROW} values`)
    const source = values.find(({ column }) => column.moves[0]?.field === 'source')?.value
    return { source: sourceIn(source), reading: { record: undefined, errors, warnings } as Reading }
  }
  const assembled = assemble(values)
  for (const { column, other } of assembled.twice) fail('table.twice', column, `says what ${shown(other)} says too`)
  for (const { place, message } of lostZeros(assembled.content))
    fail('table.number', assembled.columns.get(place) ?? '', message)
  return readContent(assembled, errors, warnings, at)
}

const sourceIn = (value: unknown) => Parameters.shape.source.safeParse(value).data

/** Fields in which ranges stand that Excel takes for days. */
const RANGES: ReadonlySet<string> = new Set(['volume', 'issue', 'numPages', 'pageStart', 'pageEnd'])

/** Why nothing is read from a cell. */
function wrongCell(cell: string, column: HeaderColumn, { encoding }: Text) {
  if (cell.length > LONGEST_CELL) return { rule: 'table.cell', message: `is longer than ${LONGEST_CELL} characters` }
  if (cell.includes(LOST))
    return {
      rule: 'table.encoding',
      message: `is ${shown(cell)}: � stands for what is no character in ${encoding}, or was lost before; write it again`,
    }
  const broken = brokenCell(cell)
  if (broken && column.holds.type === 'string') return { rule: 'table.excel', message: broken }
  const mangled = column.holds.dates ? splitCell(cell).map(mangledDate).find(Boolean) : undefined
  if (mangled) return { rule: 'table.date', message: mangled }
  if (column.splits && splitCell(cell).length > MOST_VALUES)
    return { rule: 'table.cell', message: `holds more than ${MOST_VALUES} values` }
  return undefined
}

function* valuesOf(cell: string, column: HeaderColumn): Generator<CellValue> {
  if (!column.splits) yield { column, number: column.repeated ?? 1, value: readValue(cell, column) }
  else
    for (const [index, value] of splitCell(cell).entries())
      if (value !== '') yield { column, number: index + 1, value: readValue(value, column) }
}

/** The value that a text stands for; what is none stays text, for the model to say what it should be. */
function readValue(text: string, { holds }: HeaderColumn): unknown {
  const value = text.trim()
  switch (holds.type) {
    case 'integer':
    case 'number':
      return /^[-+]?\d+(\.\d+)?(E[-+]?\d+)?$/i.test(value) ? Number(value) : value
    case 'boolean':
      return /^(true|false)$/i.test(value) ? value.toLowerCase() === 'true' : value
    default:
      // A file's name is no address: signs that mean something in one are escaped.
      return holds.file && !/^[a-z][a-z0-9+.-]*:/i.test(value) ? value.replace(/[%?#]/g, encodeURIComponent) : value
  }
}

/** Identifiers anywhere that were numbers for a while. */
function* lostZeros(value: unknown, place: PropertyKey[] = []): Generator<{ place: string; message: string }> {
  if (typeof value !== 'object' || value === null) return
  const { value: identifier, scheme, type } = value as { [field: string]: unknown }
  const kind = scheme ?? type
  const message = typeof identifier === 'string' && typeof kind === 'string' ? lostDigits(kind, identifier) : undefined
  if (message) yield { place: placeKey([...place, 'value']), message }
  for (const [field, part] of Object.entries(value)) yield* lostZeros(part, [...place, field])
}

/** Holds what a row says against the model, and says in the words of the table where it does not fit. */
function readContent(
  { content, columns }: Assembled,
  errors: Finding[],
  warnings: Finding[],
  at: (column: string) => string,
) {
  const pathOf = (place: PropertyKey[]) => at(columnOf(place, columns))
  const said = Object.entries(content)
  const parameters = Parameters.safeParse(Object.fromEntries(said.filter(([field]) => field in Parameters.shape)))
  const source = sourceIn(content.source)
  for (const { path, message } of parameters.error?.issues ?? [])
    errors.push({
      rule: 'import.parameter',
      path: pathOf(path),
      message:
        path[0] === 'source' && content.source === undefined ? 'is empty: it names the record for good' : message,
    })
  const named = new Set(errors.map(({ path }) => path))
  const record = Object.fromEntries(said.filter(([field]) => !(field in Parameters.shape)))
  const reading = fitToModel(record, pathOf, { errors, warnings })
  // What is said of a cell already need not be said in the words of the model too.
  const once = reading.errors.filter((error) => errors.includes(error) || !named.has(error.path))
  return { ...parameters.data, source, reading: { ...reading, errors: once } as Reading }
}

/** The column that a place came from; of what no column says, the name that its column would have. */
function columnOf(place: PropertyKey[], columns: ReadonlyMap<string, string>): string {
  const found = columns.get(placeKey(place))
  if (found !== undefined) return found
  const steps = place.map((step) => (typeof step === 'number' ? `[${step + 1}]` : `.${String(step)}`))
  return steps
    .map((step, at) => (typeof place[at + 1] === 'number' || at === 0 ? singular(step) : step))
    .join('')
    .slice(1)
}
