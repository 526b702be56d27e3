import { type Record as Stored, storableRecord } from '../../../records/index.ts'
import { LANGUAGE } from './columns.ts'
import { singular } from './model.ts'

/** Cells by the names of their columns. */
export type Cells = { [column: string]: string }

/**
 * Writes a record as a row: the inverse of reading one. Every value gets a column of its own.
 *
 * @param inBrackets whether a term or language is said in brackets, rather than in a column of its own
 */
export function cellsOf(
  record: Stored,
  inBrackets: (field: string, term: string) => boolean = (field, term) => field !== 'lang' || LANGUAGE.test(term),
): Cells {
  const cells: Cells = {}
  const write = (value: unknown, path: string) => {
    if (Array.isArray(value)) for (const [index, member] of value.entries()) write(member, `${path}[${index + 1}]`)
    else if (typeof value === 'object' && value !== null) {
      const fields = Object.entries(value)
      // The type of an award is any word, which no brackets can know.
      const says = (field: string) => SAYING.has(field) && 'value' in value && !path.endsWith('awardNumber')
      const said = fields.filter(([field, term]) => says(field) && inBrackets(field, String(term)))
      const start = path + said.map(([, term]) => `[${term}]`).join('')
      for (const [field, part] of fields)
        if (!said.some(([other]) => other === field)) write(part, below(start, field, part))
    } else cells[path] = String(value)
  }
  write(storableRecord(record), '')
  return cells
}

/** The path of a field. Where a path stops at an object, its value or its term is meant. */
function below(path: string, field: string, part: unknown): string {
  if (path !== '' && MAIN.has(field)) return path
  const name = Array.isArray(part) ? singular(field) : field
  return path === '' ? name : `${path}.${name}`
}

const MAIN: ReadonlySet<string> = new Set(['value', 'term'])
const SAYING: ReadonlySet<string> = new Set(['lang', 'type', 'scheme', 'agency'])
