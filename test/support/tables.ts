import { type Record as Stored, storableRecord } from '../../app/records/index.ts'

/** Cells by the names of their columns. */
export type Cells = { [column: string]: string }

/**
 * Writes a record as a row: the inverse of reading one. Every value gets a column of its own.
 *
 * @param inBrackets whether a term or language is said in brackets, rather than in a column of its own
 */
export function toCells(record: Stored, inBrackets: (field: string) => boolean): Cells {
  const cells: Cells = {}
  const write = (value: unknown, path: string) => {
    if (Array.isArray(value)) for (const [index, member] of value.entries()) write(member, `${path}[${index + 1}]`)
    else if (typeof value === 'object' && value !== null) {
      const fields = Object.entries(value)
      // The type of an award is any word, which no brackets can know.
      const says = (field: string) => SAYING.has(field) && 'value' in value && !path.endsWith('awardNumber')
      const said = fields.filter(([field]) => says(field) && inBrackets(field))
      const start = path + said.map(([, term]) => `[${term}]`).join('')
      for (const [field, part] of fields)
        if (!said.some(([other]) => other === field)) write(part, start === '' ? field : `${start}.${field}`)
    } else cells[path] = String(value)
  }
  write(storableRecord(record), '')
  return cells
}

const SAYING: ReadonlySet<string> = new Set(['lang', 'type', 'scheme', 'agency'])

/** Writes rows as CSV. */
export function toCsv(rows: readonly (readonly string[])[], separator = ',', lineBreak = '\r\n'): string {
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
  return rows.map((row) => row.map(quoted).join(separator) + lineBreak).join('')
}

/** Text in CP932, by the same table that reads it; nothing if it has characters that CP932 lacks. */
function toCp932(text: string): Buffer | undefined {
  const bytes = [...text].map((character) => cp932().get(character))
  return bytes.every((pair) => pair !== undefined) ? Buffer.concat(bytes) : undefined
}

let table: Map<string, Buffer> | undefined
function cp932(): Map<string, Buffer> {
  if (table) return table
  table = new Map()
  const decoder = new TextDecoder('shift_jis')
  for (let first = 0; first < 0x100; first++) {
    const single = decoder.decode(Buffer.from([first]))
    if (single.length === 1 && single !== '\ufffd') table.set(single, Buffer.from([first]))
    for (let second = 0x40; second < 0xfd; second++) {
      const pair = Buffer.from([first, second])
      const character = decoder.decode(pair)
      if ([...character].length === 1 && character !== '\ufffd' && !table.has(character)) table.set(character, pair)
    }
  }
  return table
}

/** Text in an encoding that Node can write, or CP932. */
export function encode(text: string, encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'cp932'): Buffer | undefined {
  if (encoding === 'cp932') return toCp932(text)
  if (encoding === 'utf-8') return Buffer.from(text)
  const little = Buffer.from(text, 'utf16le')
  return encoding === 'utf-16le' ? little : little.swap16()
}
