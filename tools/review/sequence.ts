/** An element that only one of two sequences has, or that both have. */
export interface Element {
  sign: '+' | '-' | ' '
  item: string
}

/** Comparisons above which two sequences are taken to have nothing in common: a table of them would be too large. */
const MOST = 4_000_000

/** What makes one sequence of another: the fewest elements that go and come, in their order. */
export function compareSequences(before: string[], after: string[]): Element[] {
  let start = 0
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start++
  let end = 0
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end++
  const both = (items: string[]) => items.map((item): Element => ({ sign: ' ', item }))
  return [
    ...both(before.slice(0, start)),
    ...compareMiddles(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...both(before.slice(before.length - end)),
  ]
}

function compareMiddles(before: string[], after: string[]): Element[] {
  const gone = (item: string): Element => ({ sign: '-', item })
  const come = (item: string): Element => ({ sign: '+', item })
  if (before.length * after.length > MOST) return [...before.map(gone), ...after.map(come)]
  // Lengths of the longest common part of what follows each pair of places.
  const width = after.length + 1
  const common = new Uint32Array((before.length + 1) * width)
  const at = (i: number, j: number) => common[i * width + j] ?? 0
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      common[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const found: Element[] = []
  let [i, j] = [0, 0]
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) found.push({ sign: ' ', item: before[i++] as string }) && j++
    else if (at(i + 1, j) >= at(i, j + 1)) found.push(gone(before[i++] as string))
    else found.push(come(after[j++] as string))
  }
  return [...found, ...before.slice(i).map(gone), ...after.slice(j).map(come)]
}
