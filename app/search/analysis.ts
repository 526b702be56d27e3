import { fold } from './fold.ts'

/**
 * How text and a reader's words become what is compared.
 *
 * Japanese has no blanks between words: in runs of such scripts every character is a unit, and an index that holds
 * them in overlapping pairs finds any word inside a sentence. In other scripts a unit is a word.
 */
export interface Unit {
  /** Folded. */
  text: string
  /** A character of a script without blanks. */
  joined: boolean
  /** It directly follows the unit before it, in one run. */
  glued: boolean
  /** Where it stands in the original. */
  start: number
  end: number
}

/** Longer words are looked for by their beginning. */
const LONGEST_WORD = 100
/** Units of a phrase that are looked at: what lies in two pieces of a text at once must be longer. */
const LONGEST_PHRASE = 100

const JOINED =
  String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}` +
  String.raw`\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー々〆]`
/** A run goes on behind the end of a line: whoever set the page broke it there. An empty line ends it. */
const RUNS = new RegExp(
  String.raw`(?<joined>${JOINED}+(?:[ \t]*\r?\n[ \t]*${JOINED}+)*)|(?:(?!${JOINED})[\p{L}\p{N}\p{M}])+`,
  'gu',
)

/** The units of a text, in order. */
export function units(text: string): Unit[] {
  const folded = fold(text)
  const found: Unit[] = []
  const add = (text: string, at: number, joined: boolean, glued: boolean) =>
    found.push({
      text,
      joined,
      glued,
      start: folded.starts[at] as number,
      end: folded.ends[at + text.length - 1] as number,
    })
  for (const { 0: run, index, groups } of folded.text.matchAll(RUNS)) {
    if (groups?.joined === undefined) {
      // Cut short, it still ends where the word does.
      // Not cut between the halves of a character outside the basic plane.
      add(run.slice(0, LONGEST_WORD).replace(/[\ud800-\udbff]$/, ''), index, false, false)
      ;(found.at(-1) as Unit).end = folded.ends[index + run.length - 1] as number
      continue
    }
    let at = index
    for (const character of run) {
      if (character.trim() !== '') add(character, at, true, at > index)
      at += character.length
    }
  }
  return found
}

/** What a reader's word or phrase is looked for by: its first units, if it has very many. */
export const phraseOf = (text: string): Unit[] => units(text).slice(0, LONGEST_PHRASE)

/**
 * Where a phrase stands in a text: the index of its first unit, each time. Within a run its units must follow each
 * other directly; between runs, signs and blanks do not count.
 */
export function* occurrences(phrase: Unit[], text: Unit[]): Generator<number> {
  for (let from = 0; from + phrase.length <= text.length; from++) {
    const matches = phrase.every((unit, i) => {
      const other = text[from + i] as Unit
      return unit.text === other.text && unit.joined === other.joined && (!unit.glued || other.glued)
    })
    if (matches) yield from
  }
}
