import { buffer } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import { decoded, encodingOf, isText } from '../fulltext/reader/encoding.ts'
import type { Input } from '../fulltext/reader/input.ts'
import { Unreadable } from '../fulltext/reader/unreadable.ts'
import type { Download } from '../items/index.ts'
import type { Tenant } from '../tenancy/index.ts'

/** The beginning of a text. */
export interface Excerpt {
  text: string
  /** Whether the file goes on behind it. */
  cut: boolean
}

/** Bytes of a text that are shown: what a reader may look through, some fifty pages of Japanese. */
const TEXT = 100_000
/** Bytes of a table that are read for its first rows: wide ones are long. */
const TABLE = 256_000

/** The beginning of a stored file as text, in whatever encoding it is; nothing if it is no text. */
export async function readExcerpt(tenant: Tenant, file: Download, bytes = TEXT): Promise<Excerpt | undefined> {
  if (file.size === 0) return { text: '', cut: false }
  const cut = file.size > bytes
  const stream = await tenant.objects.get(file.object, { start: 0, end: Math.min(bytes, file.size) - 1 })
  const input = inputOf(new Uint8Array(await buffer(stream)), cut)
  try {
    const [, charset] = /;\s*charset=([\w-]+)/i.exec(file.type) ?? []
    const text = [...decoded(input, encodingOf(input, charset))].join('')
    if (!isText(text)) return undefined
    // The cut may be in the middle of a character.
    return { text: cut ? text.replace(/\ufffd$/, '') : text, cut }
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

const inputOf = (bytes: Uint8Array<ArrayBuffer>, cut: boolean): Input => ({
  size: () => (cut ? Number.POSITIVE_INFINITY : bytes.length),
  range: (start, end) => bytes.subarray(start, end),
  *from(start) {
    yield bytes.subarray(start)
  },
})

/** The first rows and columns of a table. */
export interface TableExcerpt {
  header: string[]
  rows: string[][]
  /** Whether the file has rows that are not here, and columns. */
  moreRows: boolean
  moreColumns: boolean
}

const ROWS = 100
const COLUMNS = 30
/** Characters of a cell. */
const CELL = 500

/** The first rows of a stored file of comma- or tab-separated values (RFC 4180); nothing if it is no such table. */
export async function readTable(tenant: Tenant, file: Download): Promise<TableExcerpt | undefined> {
  const excerpt = await readExcerpt(tenant, file, TABLE)
  if (!excerpt) return undefined
  const { text, cut } = excerpt
  const rows = rowsOf(text)
  // What the cut goes through is no whole row.
  if (cut && rows.length <= ROWS + 1) rows.pop()
  const [header, ...body] = rows
  if (!header) return undefined
  const shown = (row: string[]) => row.slice(0, COLUMNS).map(shortened)
  const width = Math.min(Math.max(...rows.map((row) => row.length)), COLUMNS)
  return {
    header: Array.from({ length: width }, (_, column) => shortened(header[column] ?? '')),
    rows: body.slice(0, ROWS).map((row) => [...shown(row), ...Array<string>(width).fill('')].slice(0, width)),
    moreRows: cut || body.length > ROWS,
    moreColumns: rows.some((row) => row.length > COLUMNS),
  }
}

/** One more row than is shown, as far as they can be read: what comes behind a quote that never ends is left out. */
function rowsOf(text: string): string[][] {
  const rows: string[][] = []
  try {
    parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      to: ROWS + 2,
      on_record: (row: string[]) => {
        rows.push(row)
        return null
      },
    })
  } catch {
    // The rows before it are worth showing.
  }
  return rows
}

/** Tables are called CSV whatever stands between their cells. */
function delimiterOf(text: string): string {
  const [line = ''] = text.split('\n', 1)
  const count = (sign: string) => line.split(sign).length
  return [',', '\t', ';'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

const shortened = (cell: string) =>
  cell.length <= CELL ? cell : `${cell.slice(0, CELL).replace(/[\ud800-\udbff]$/, '')}…`
