import { isEastAsian } from '../names.ts'

/** A run of a citation's text. */
export interface CitationRun {
  text: string
  italic?: true
}

/** A part of a citation; nothing where there is nothing to say. */
export type Part = readonly CitationRun[] | string | undefined

const runsOf = (part: Part): readonly CitationRun[] =>
  typeof part === 'string' ? (part === '' ? [] : [{ text: part }]) : (part ?? [])

/** Parts one after the other; neighbours of a kind become one run. */
export function together(...parts: Part[]): CitationRun[] {
  const runs: CitationRun[] = []
  for (const { text, italic } of parts.flatMap(runsOf)) {
    const last = runs.at(-1)
    if (last && last.italic === italic) runs[runs.length - 1] = { ...last, text: last.text + text }
    else runs.push(italic ? { text, italic } : { text })
  }
  return runs
}

/** The parts that say something, with a separator between them. */
export function joined(separator: string, ...parts: Part[]): CitationRun[] {
  const said = parts.map(runsOf).filter(({ length }) => length > 0)
  return together(...said.flatMap((runs, index) => (index === 0 ? [runs] : [separator, runs])))
}

/** What is in italics; not so the scripts that have none. */
export const italic = (text: string | undefined): CitationRun[] =>
  text ? [isEastAsian(text) ? { text } : { text, italic: true }] : []

/** Text before and behind a part; nothing where the part says nothing. */
export const around = (before: string, part: Part, after = ''): CitationRun[] =>
  runsOf(part).length === 0 ? [] : together(before, part, after)

export const textOf = (part: Part): string =>
  runsOf(part)
    .map(({ text }) => text)
    .join('')

/** A part that ends with a full stop, or with the mark that it has. */
export function ended(part: Part): CitationRun[] {
  const text = textOf(part)
  return text === '' || /[.?!。？！．][”’」』]?$/u.test(text) ? together(part) : together(part, '.')
}

/** Sentences: each ended, with a blank between them. */
export const sentences = (...parts: Part[]): CitationRun[] => joined(' ', ...parts.map(ended))
