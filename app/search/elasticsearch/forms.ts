import type { estypes } from '@elastic/elasticsearch'
import { phraseOf } from '../analysis.ts'
import type { Field } from '../query.ts'

type Clause = estypes.QueryDslQueryContainer
type Place = Field | 'abstract' | 'other'

/** How much it counts where a word stands (BM25 makes the rest): a file's text counts as much as one that is not named. */
const WEIGHTS: { [P in Place]?: number } = { title: 8, creator: 4, subject: 2, abstract: 2 }
const PLACES: Place[] = ['title', 'creator', 'subject', 'abstract', 'publisher', 'source', 'other']
/** Places that are found by how they are read. */
const READ: Place[] = ['title', 'creator', 'subject']
/** Words that may stand between two that were typed as one: a particle. */
const BETWEEN = 1

/** Items that hold a word in another form, the more the better: in a field, or anywhere. */
export function inForms(text: string, field?: Field): Clause[] {
  const pathsTo = (places: Place[], form = '') =>
    places
      .filter((place) => field === undefined || place === field)
      .map((place) => `written.${place}${form}^${WEIGHTS[place] ?? 1}`)
  const reading = readingOf(text)
  const read = pathsTo(READ, '.reading')
  return [
    ...phrases(text, (form) => pathsTo(PLACES, form)),
    ...(reading !== undefined && read.length > 0 ? [{ multi_match: { query: reading, fields: read } }] : []),
    ...(field === undefined
      ? inTextForms([text]).map((query) => ({ nested: { path: 'texts', query, score_mode: 'max' as const } }))
      : []),
  ]
}

/** Abstracts that hold one of the words in another form. */
export const inAbstractForms = (words: string[]): Clause[] =>
  words.flatMap((text) => phrases(text, (form) => [`written.abstract${form}`]))

/** Pieces of files that do. */
export const inTextForms = (words: string[]): Clause[] =>
  words.flatMap((text) => phrases(text, (form) => [`texts.text${form}`]))

/**
 * Words in Latin letters are compared by their stems, but codes: without their numbers they are those of many others. All
 * others go by the dictionary, but hiragana alone: it would be taken apart into pieces that stand everywhere.
 */
function phrases(text: string, pathsTo: (form?: string) => string[]): Clause[] {
  const units = phraseOf(text)
  const latin = units.every(({ joined }) => !joined)
  if ((latin ? /\p{N}/u : /^\p{Script=Hiragana}+$/u).test(text)) return []
  const fields = pathsTo(latin ? '.stem' : '')
  return fields.length > 0
    ? [{ multi_match: { type: 'phrase', query: text.toWellFormed(), fields, slop: latin ? 0 : BETWEEN } }]
    : []
}

/** A word in kana as the index has readings; nothing for any other, or a single sound. */
export const readingOf = (text: string): string | undefined =>
  /^[ぁ-ゖァ-ヺー]{2,}$/.test(text)
    ? text.replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
    : undefined
