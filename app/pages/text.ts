import type { Language } from '../tenancy/schema.ts'

/** Anything worded in a language: titles, names, subjects … */
interface InLanguage {
  value: string
  lang?: string | undefined
}

/** Texts of one element, sorted for one reader. */
interface Arranged<T> {
  /** What to show: all texts of the language that suits this reader best. */
  chosen: T[]
  /** The same, presumably, in other languages. */
  others: T[]
  /** How it is read: kana and romanisation. */
  readings: T[]
}

/** JPCOAR writes how Japanese is read as `ja-Kana` and `ja-Latn`. */
const isReading = ({ lang }: InLanguage) => lang !== undefined && /^ja-(Kana|Hira|Latn)\b/i.test(lang)

const primary = ({ lang }: InLanguage) => lang?.split('-', 1)[0]?.toLowerCase()

/**
 * Sorts texts for a reader: those of the page's language come first, else those of the first language that is not a
 * reading, else whatever there is. Empty ones are left out.
 */
export function arrange<T extends InLanguage>(texts: readonly T[], language: Language): Arranged<T> {
  const [readings, written] = partition(
    texts.filter(({ value }) => value !== ''),
    isReading,
  )
  const first = written.find((text) => primary(text) === language) ?? written[0]
  if (!first) return { chosen: readings.slice(0, 1), others: [], readings: readings.slice(1) }
  const [chosen, others] = partition(written, (text) => primary(text) === primary(first))
  return { chosen, others, readings }
}

/** The one text to show a reader. */
export function preferred<T extends InLanguage>(texts: readonly T[], language: Language): T | undefined {
  return arrange(texts, language).chosen[0]
}

/**
 * What the `lang` attribute of a run of text should say on a page: nothing where it would repeat the page's language,
 * or where the record's tag is none (BCP 47).
 */
export function langAttribute(lang: string | undefined, page: Language): string | undefined {
  if (!lang || lang.toLowerCase() === page) return undefined
  try {
    return Intl.getCanonicalLocales(lang)[0]
  } catch {
    return undefined
  }
}

function partition<T>(values: readonly T[], test: (value: T) => boolean): [T[], T[]] {
  return [values.filter(test), values.filter((value) => !test(value))]
}
