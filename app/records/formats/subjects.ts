import type { Record } from '../model.ts'
import { isReading } from '../texts.ts'
import { oneLine } from './names.ts'

/** Schemes whose subjects are codes and say nothing to whom the scheme is not at hand. */
const CODES = new Set<Record['subjects'][number]['scheme']>(['DDC', 'JEL', 'LCC', 'NDC', 'NDLC', 'SciVal', 'UDC'])

/** Subjects in words, in all languages, each once and in one line; how they are read is left out. */
export function keywordsOf({ subjects }: Record): string[] {
  const words = subjects.filter((subject) => !CODES.has(subject.scheme) && !isReading(subject))
  return [...new Set(words.map(({ value }) => oneLine(value)))].filter((word) => word !== '')
}
