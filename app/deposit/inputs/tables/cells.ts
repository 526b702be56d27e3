/** What separates the values of a cell. */
const BAR = '|'

/** Values in one cell at most: as many as any list of the model takes. */
export const MOST_VALUES = 10_000

/**
 * The values of a cell: `a|b`, each without the blanks round it. `\|` is a bar that belongs to a value; of backslashes
 * directly before a bar two stand for one, and all others are ordinary characters.
 */
export function splitCell(cell: string): string[] {
  const values: string[] = []
  let value = ''
  let from = 0
  for (const match of cell.matchAll(/(\\*)\|/g)) {
    const { length } = match[1] as string
    value += cell.slice(from, match.index) + '\\'.repeat(Math.floor(length / 2))
    from = match.index + match[0].length
    if (length % 2 === 1) value += BAR
    else {
      values.push(value.trim())
      value = ''
      if (values.length > MOST_VALUES) return values
    }
  }
  values.push((value + cell.slice(from)).trim())
  return values
}
