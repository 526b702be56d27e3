import { Problem } from '../../../platform/problem.ts'
import { shown } from '../../../records/index.ts'
import { type Column, readColumn, UnknownColumn } from './columns.ts'

/** A column of the table at hand. */
export interface HeaderColumn extends Column {
  /** Which one of several of this name it is, from 1; nothing where it is the only one. */
  repeated: number | undefined
}

/** Columns at most, and characters of their names: more than any table has that a person made. */
const MOST_COLUMNS = 10_000
const LONGEST_NAME = 500
/** Faults of a header that are looked for: to find what is similar takes time. */
const MOST_FAULTS = 10

/**
 * Reads the header. A column without a name, and a note (its name begins with `#`), have no place in the model.
 *
 * @throws Problem 422 that names the columns that are not known: nothing of such a table is imported.
 */
export function readHeader(cells: readonly string[]): (HeaderColumn | undefined)[] {
  if (cells.length > MOST_COLUMNS) refuse([`A table may have ${MOST_COLUMNS} columns; this one has ${cells.length}.`])
  const faults: string[] = []
  const columns = cells.map((cell, index) => {
    const name = cell.replace(/\s+/g, ' ').trim()
    if (isUnread(name)) return undefined
    try {
      if (name.length > LONGEST_NAME) throw new UnknownColumn(`${shown(name)} is no name of a column`)
      return readColumn(name)
    } catch (error) {
      if (!(error instanceof UnknownColumn)) throw error
      faults.push(`Column ${index + 1}: ${error.message}.`)
      if (faults.length === MOST_FAULTS) refuse([...faults, 'There may be more.'])
      return undefined
    }
  })
  const alike = Map.groupBy(
    columns.filter((column) => column !== undefined),
    ({ moves }) => JSON.stringify(moves),
  )
  for (const [first, second] of alike.values())
    if (second && !isOpen(second))
      faults.push(
        `${shown(second.name)} stands twice${first?.name === second.name ? '' : `, also as ${shown(first?.name)}`}.`,
      )
  if (!columns.some((column) => column?.moves[0]?.field === 'source'))
    faults.push('There is no column "source", which names each record for good.')
  if (faults.length > 0) refuse(faults.slice(0, MOST_FAULTS))

  const seen = new Map<string, number>()
  return columns.map((column) => {
    if (!column) return undefined
    const key = JSON.stringify(column.moves)
    if (alike.get(key)?.length === 1) return { ...column, repeated: undefined }
    seen.set(key, (seen.get(key) ?? 0) + 1)
    return { ...column, splits: false, repeated: seen.get(key) }
  })
}

/** Whether a name says that nothing of the column is meant for the record. */
const isUnread = (name: string) => name === '' || name.startsWith('#')

const isOpen = ({ moves }: Column) => moves.some(({ member }) => member?.number === 'of the value')

function refuse(faults: string[]): never {
  throw new Problem(422, 'Unknown columns', `${faults.join(' ')} Nothing was imported.`)
}
