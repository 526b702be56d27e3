/** Characters of a piece. */
export const PIECE = 8_000
/** Characters that a piece shares with the next: no phrase that is looked for is longer. */
const OVERLAP = 1_000

/** A text in overlapping parts, each shorter than a piece and none cut through a character. */
export function* parts(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const end = whole(text, start + PIECE - 1)
    yield text.slice(start, end)
    if (end >= text.length) return
    start = whole(text, end - OVERLAP)
  }
}

const whole = (text: string, at: number) => (/^[\udc00-\udfff]/.test(text.slice(at, at + 1)) ? at - 1 : at)
