import { decoded, encodingOf, isText } from './encoding.ts'
import { input } from './input.ts'
import { Unreadable } from './unreadable.ts'

/** A plain text, or CSV, Markdown, LaTeX, JSON: what it says is what it holds. */
export function* plainText(): Generator<string> {
  let first = true
  for (const piece of decoded(input, encodingOf(input))) {
    if (first && !isText(piece)) throw new Unreadable('is not text')
    first = false
    yield piece
  }
}
