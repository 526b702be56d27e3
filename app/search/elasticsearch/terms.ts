import { phraseOf, type Unit, units } from '../analysis.ts'

/**
 * Units as the index takes them. Characters of joined scripts stand as they are, with a blank in front of each run;
 * a word has a sign in front by which it is told from them. The index makes of that, at each unit's place: a word; or a
 * character, and the pair of it and the next one in its run (`mapping.ts`).
 */
export const WORD_SIGN = '_'

/** A text as its units. */
export const unitText = (text: string): string => units(text).map(written).join('').trimStart()

const written = ({ text, joined, glued }: Unit) => (glued ? text : ` ${joined ? '' : WORD_SIGN}${text}`)

/** A word or phrase as the terms of the index that follow each other where it stands, with blanks between them. */
export function phraseTerms(text: string): string {
  const phrase = phraseOf(text)
  const terms = phrase.flatMap(({ text, joined, glued }, i) => {
    const next = phrase[i + 1]
    if (!joined) return [WORD_SIGN + text]
    if (next?.glued) return [text + next.text]
    // The last of several characters stands in the pair before it; between runs it keeps the distance.
    return glued && !next ? [] : [text]
  })
  return terms.join(' ')
}
