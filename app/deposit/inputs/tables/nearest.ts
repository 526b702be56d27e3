/** Characters of a word that are compared. */
const LONGEST = 60

/** The known words that a wrong one may have been meant to be: at most three, the most similar first. */
export function nearest(wrong: string, known: readonly string[], plain: (word: string) => string): string[] {
  const word = plain(wrong).slice(0, LONGEST)
  return known
    .map((other) => ({ other, steps: distance(word, plain(other)) }))
    .filter(({ other, steps }) => steps <= Math.max(2, Math.min(word.length, other.length) / 3))
    .sort((a, b) => a.steps - b.steps)
    .slice(0, 3)
    .map(({ other }) => other)
}

/** Characters to be put in, left out or changed to make one word of the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, steps) => steps)
  for (const [line, character] of [...a].entries()) {
    const next = [line + 1]
    for (let at = 1; at <= b.length; at++) {
      const change = (row[at - 1] as number) + (character === b[at - 1] ? 0 : 1)
      next.push(Math.min(change, (row[at] as number) + 1, (next[at - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}
