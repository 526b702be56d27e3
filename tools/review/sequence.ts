/** What went and what came at one place of a sequence. */
export interface Hunk {
  gone: string[]
  come: string[]
}

/** Comparisons above which two sequences are taken to have nothing in common: a table of them would be too large. */
const MOST = 4_000_000

/** What makes one sequence of another: the fewest elements that go and come, in their order. */
export function compareSequences(before: string[], after: string[]): Hunk[] {
  let start = 0
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start++
  let end = 0
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end++
  const [gone, come] = [before.slice(start, before.length - end), after.slice(start, after.length - end)]
  const hunks = gone.length * come.length > MOST ? [{ gone, come }] : compareAll(gone, come)
  return hunks.filter((hunk) => hunk.gone.length > 0 || hunk.come.length > 0)
}

function compareAll(before: string[], after: string[]): Hunk[] {
  // Lengths of the longest common part of what follows each pair of places.
  const width = after.length + 1
  const common = new Uint32Array((before.length + 1) * width)
  const at = (i: number, j: number) => common[i * width + j] ?? 0
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      common[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))

  const hunks: Hunk[] = []
  let hunk: Hunk = { gone: [], come: [] }
  for (let i = 0, j = 0; i < before.length || j < after.length; ) {
    const [old, now] = [before[i], after[j]]
    if (old !== undefined && old === now) {
      hunks.push(hunk)
      hunk = { gone: [], come: [] }
      i++
      j++
    } else if (old !== undefined && (now === undefined || at(i + 1, j) >= at(i, j + 1))) {
      hunk.gone.push(old)
      i++
    } else if (now !== undefined) {
      hunk.come.push(now)
      j++
    }
  }
  return [...hunks, hunk]
}
