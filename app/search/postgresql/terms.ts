import { phraseOf, type Unit, units } from '../analysis.ts'
import { PIECE, parts } from '../pieces.ts'
import type { Field, Query } from '../query.ts'

/**
 * Units as lexemes of PostgreSQL. Characters of joined scripts stand in overlapping pairs (bigrams), so that two of
 * them cost one look-up and one alone is the beginning of a lexeme. What belongs to a field stands a second time with
 * the field's name, because GIN knows no weights.
 */

/** PostgreSQL takes 1 MiB of lexemes and so many positions at most: a piece has fewer. */
const LAST_POSITION = 16_383
/** PostgreSQL keeps so many of a lexeme. What occurs more often in a piece is found, but not as part of a phrase. */
const MOST_POSITIONS = 255

const PREFIXES: { [F in Field]: string } = { title: 't/', creator: 'c/', subject: 's/', publisher: 'p/', source: 'o/' }

export interface Piece {
  /** The text of a `tsvector`. */
  terms: string
  text: string
}

/** Texts of fields as pieces; the first holds as much as fits, the title before all else. */
export function* piecesOf(texts: { field?: Field; text: string }[]): Generator<Piece> {
  let piece = new PieceBuilder()
  for (const { field, text } of texts) {
    for (const part of parts(text)) {
      // Each text takes a place more than it has characters: a gap, over which no phrase runs.
      if (piece.size > 0 && piece.size + part.length + 1 > PIECE) {
        yield piece.build()
        piece = new PieceBuilder()
      }
      piece.add(part, field)
    }
  }
  if (piece.size > 0) yield piece.build()
}

class PieceBuilder {
  size = 0
  #at = 0
  readonly #texts: string[] = []
  readonly #positions = new Map<string, number[]>()

  add(text: string, field: Field | undefined): void {
    this.size += text.length + 1
    this.#texts.push(text)
    const all = units(text)
    all.forEach((unit, i) => {
      this.#at++
      const lexeme = lexemeOf(unit, all[i + 1])
      this.#note(lexeme)
      if (field) this.#note(PREFIXES[field] + lexeme)
    })
    this.#at++
  }

  build(): Piece {
    const terms = [...this.#positions].map(([lexeme, positions]) => `'${lexeme}':${positions.join(',')}`)
    return { terms: terms.join(' '), text: this.#texts.join('\n') }
  }

  #note(lexeme: string) {
    const position = Math.min(this.#at, LAST_POSITION)
    const positions = this.#positions.get(lexeme)
    if (!positions) this.#positions.set(lexeme, [position])
    else if (positions.length < MOST_POSITIONS) positions.push(position)
  }
}

/** Units hold letters, digits and marks alone, so a lexeme needs quotation marks but nothing within them. */
const lexemeOf = (unit: Unit, next: Unit | undefined) => (next?.glued ? unit.text + next.text : unit.text)

/**
 * The text of a `tsquery`.
 *
 * @param within fields in which words must stand that are limited to none.
 */
export function tsquery(query: Query, within?: Field[]): string {
  if (query.kind !== 'word')
    return query.parts.map((part) => `(${tsquery(part, within)})`).join(query.kind === 'all' ? ' & ' : ' | ')
  const { text, field, not } = query
  // A word that must not occur must not occur anywhere.
  const places = field ? [field] : not ? undefined : within
  const phrase = phraseOf(text)
  const word = (places?.map((place) => PREFIXES[place]) ?? ['']).map((prefix) => `(${follows(phrase, prefix)})`)
  return not ? `!(${word.join(' | ')})` : word.join(' | ')
}

/** Lexemes at the distances at which the units of a phrase stand. */
const follows = (phrase: Unit[], prefix: string): string =>
  lexemesOf(phrase, prefix)
    .map(({ lexeme, at }, i, all) => (i > 0 ? ` <${at - (all[i - 1]?.at ?? 0)}> ${lexeme}` : lexeme))
    .join('')

function lexemesOf(phrase: Unit[], prefix: string): { lexeme: string; at: number }[] {
  return phrase.flatMap((unit, at) => {
    const next = phrase[at + 1]
    // The last of several characters stands in the pair before it.
    if (unit.glued && !next?.glued) return []
    const beginning = unit.joined && !next?.glued ? ':*' : ''
    return [{ lexeme: `'${prefix}${lexemeOf(unit, next)}'${beginning}`, at }]
  })
}

/**
 * What has all lexemes of a word or phrase, in whichever order: the index knows that without a look at the text.
 * Nothing if the word is a single lexeme, and so known already.
 */
export function candidates({ text, field }: Query & { kind: 'word' }): string | undefined {
  const lexemes = lexemesOf(phraseOf(text), field ? PREFIXES[field] : '').map(({ lexeme }) => lexeme)
  return lexemes.length > 1 ? lexemes.join(' & ') : undefined
}

/** The words of a query, each once, whether they must occur or must not. */
export function leavesOf(query: Query): (Query & { kind: 'word' })[] {
  const leaves = new Map<string, Query & { kind: 'word' }>()
  const visit = (part: Query) => {
    if (part.kind === 'word') leaves.set(keyOf(part), { ...part, not: false })
    else part.parts.forEach(visit)
  }
  visit(query)
  return [...leaves.values()]
}

/** The same condition as {@link tsquery} for a number whose bit I says whether the leaf I occurs. */
export function bitCondition(query: Query, bits: string): string {
  const order = leavesOf(query).map(keyOf)
  const condition = (part: Query): string =>
    part.kind === 'word'
      ? `${bits} & ${2 ** order.indexOf(keyOf(part))} ${part.not ? '=' : '<>'} 0`
      : part.parts.map((inner) => `(${condition(inner)})`).join(part.kind === 'all' ? ' and ' : ' or ')
  return condition(query)
}

const keyOf = ({ text, field }: Query & { kind: 'word' }) => `${field ?? ''}:${text}`
