import type { HeaderColumn } from './header.ts'

/** What the cells of a row amount to, in the shape of the model, and which column each of its places came from. */
export interface Assembled {
  content: { [field: string]: unknown }
  /** The name of the column, by the place as {@link placeKey} writes it. */
  columns: ReadonlyMap<string, string>
  /** Columns that say what another has said. */
  twice: { column: string; other: string }[]
}

/** A value of a cell: where it stands among the values of its cell, from 1. */
export interface CellValue {
  column: HeaderColumn
  number: number
  value: unknown
}

export const placeKey = (place: readonly PropertyKey[]) => place.map(String).join('.')

/** An object under construction. */
type Branch = Map<string, Branch | Members | Leaf>
/** A list under construction: its members by group, then by number. */
class Members extends Map<string, Map<number, Branch | Leaf>> {}
class Leaf {
  readonly value: unknown
  readonly column: string
  constructor(value: unknown, column: string) {
    this.value = value
    this.column = column
  }
}

/**
 * Puts values where their columns lead. Values for the same number of the same group meet in one member of a list:
 * `contributor[Editor].name[ja]` and `contributor[Editor].name[en]` name the same people.
 */
export function assemble(values: Iterable<CellValue>): Assembled {
  const root: Branch = new Map()
  const twice: Assembled['twice'] = []
  for (const { column, number, value } of values) {
    let branch = root
    for (const [at, { field, member, says }] of column.moves.entries()) {
      const isLast = at === column.moves.length - 1
      const make = () => (isLast ? new Leaf(value, column.name) : new Map<string, Branch | Members | Leaf>())
      let next: Branch | Members | Leaf
      if (member) {
        const members = getOrMake(branch, field, () => new Members()) as Members
        const group = getOrMake(members, member.group, () => new Map())
        next = getOrMake(group, member.number === 'of the value' ? number : member.number, make)
      } else next = getOrMake(branch, field, make)
      if (next instanceof Leaf) {
        if (next.column !== column.name) twice.push({ column: column.name, other: next.column })
        break
      }
      branch = next as Branch
      for (const [said, term] of Object.entries(says)) {
        const known = getOrMake(branch, said, () => new Leaf(term, column.name)) as Leaf
        if (known.value !== term) twice.push({ column: column.name, other: known.column })
      }
    }
  }
  const columns = new Map<string, string>()
  return { content: finish(root, [], columns) as Assembled['content'], columns, twice }
}

function finish(part: Branch | Members | Leaf, place: PropertyKey[], columns: Map<string, string>): unknown {
  if (part instanceof Leaf) {
    columns.set(placeKey(place), part.column)
    return part.value
  }
  if (part instanceof Members) {
    const members = [...part.values()].flatMap((group) => [...group].sort(([a], [b]) => a - b))
    return members.map(([, member], index) => finish(member, [...place, index], columns))
  }
  return Object.fromEntries([...part].map(([field, inner]) => [field, finish(inner, [...place, field], columns)]))
}

function getOrMake<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}
