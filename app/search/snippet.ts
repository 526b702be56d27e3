import { occurrences, phraseOf, type Unit, units } from './analysis.ts'
import { parseQuery, wordsIn } from './query.ts'

/** A stretch of text; `hit` where it is what was searched for. */
export interface Segment {
  text: string
  hit: boolean
}

/** Characters of a snippet, and of them before its first hit. */
const LENGTH = 160
const BEFORE = 40

/** Marks what a reader's words find in texts. */
export interface Marker {
  /** A short part of a text round its first hit; nothing if it has none. */
  snippet(text: string): Segment[] | undefined
  /** A whole text in segments. */
  mark(text: string): Segment[]
}

/** A marker for what a reader typed. */
export function markerFor(typed: string): Marker {
  const phrases = wordsIn(parseQuery(typed)).map(phraseOf)
  return {
    mark: (text) => segmentsOf(text, hitsIn(text, phrases), 0, text.length),
    snippet: (text) => snippetOf(text, hitsIn(text, phrases)),
  }
}

/** A part of a text. */
export interface Stretch {
  start: number
  end: number
}

/** A short part of a text round the first of its hits, which stand in order; nothing if there are none. */
export function snippetOf(text: string, hits: Stretch[]): Segment[] | undefined {
  const [first] = hits
  if (!first) return undefined
  const start = cutAt(text, first.start - BEFORE)
  const end = Math.max(first.end, cutAt(text, start + LENGTH))
  return segmentsOf(text, hits, start, end)
}

/** Where a text holds the phrases: in order, and none over another. */
function hitsIn(text: string, phrases: Unit[][]): Stretch[] {
  if (phrases.length === 0) return []
  const parts = units(text)
  const found = phrases.flatMap((phrase) =>
    [...occurrences(phrase, parts)].map((from) => ({
      start: (parts[from] as Unit).start,
      end: (parts[from + phrase.length - 1] as Unit).end,
    })),
  )
  found.sort((a, b) => a.start - b.start)
  const hits: Stretch[] = []
  for (const { start, end } of found) {
    const last = hits.at(-1)
    if (last && start < last.end) last.end = Math.max(last.end, end)
    else hits.push({ start, end })
  }
  return hits
}

/** A place to cut near this one: never between the halves of a character, in front of a word if one begins close by. */
function cutAt(text: string, near: number): number {
  if (near <= 0) return 0
  if (near >= text.length) return text.length
  const close = Math.max(0, near - 20)
  const blank = text.slice(close, near).search(/\s\S*$/)
  if (blank !== -1) return close + blank + 1
  return /[\udc00-\udfff]/.test(text[near] as string) ? near - 1 : near
}

function segmentsOf(text: string, hits: Stretch[], from: number, to: number): Segment[] {
  const segments: Segment[] = []
  const add = (text: string, hit: boolean) => {
    if (text !== '') segments.push({ text, hit })
  }
  let at = from
  for (const { start, end } of hits) {
    if (start >= to) break
    if (end > to || start < at) continue
    add(text.slice(at, start), false)
    add(text.slice(start, end), true)
    at = end
  }
  add(text.slice(at, to), false)
  if (from > 0) segments.unshift({ text: '…', hit: false })
  if (to < text.length) segments.push({ text: '…', hit: false })
  return segments
}
