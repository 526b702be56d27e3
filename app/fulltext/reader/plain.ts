import { decoded, encodingOf } from './encoding.ts'
import { Unreadable } from './unreadable.ts'

/** Share of characters that may be controls: a text has hardly any, data that happens to decode has many. */
const MOST_CONTROLS = 0.02

/** A plain text, or CSV, Markdown, LaTeX, JSON: what it says is what it holds. */
export function* plainText(): Generator<string> {
  let first = true
  for (const piece of decoded(encodingOf())) {
    if (first && (piece.match(CONTROL)?.length ?? 0) > piece.length * MOST_CONTROLS) throw new Unreadable('is not text')
    first = false
    yield piece
  }
}

/** Controls but tab, line feed, form feed and carriage return; and what could not be decoded. */
const CONTROL = /[^\P{Cc}\t\n\f\r]|\ufffd/gu
