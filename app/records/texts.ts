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
export const isReading = ({ lang }: Pick<InLanguage, 'lang'>) =>
  lang !== undefined && /^ja-(Kana|Hira|Latn)\b/i.test(lang)

const primary = ({ lang }: InLanguage) => lang?.split('-', 1)[0]?.toLowerCase()

/**
 * Sorts texts for a reader: those of the wanted language come first, else those of the first language that is not a
 * reading, else whatever there is. Empty ones are left out.
 */
export function arrange<T extends InLanguage>(texts: readonly T[], language: string | undefined): Arranged<T> {
  const [readings, written] = partition(
    texts.filter(({ value }) => value !== ''),
    isReading,
  )
  const first = written.find((text) => primary(text) === language) ?? written[0]
  if (!first) return { chosen: readings.slice(0, 1), others: [], readings: readings.slice(1) }
  const [chosen, others] = partition(written, (text) => primary(text) === primary(first))
  return { chosen, others, readings }
}

/** The one text to show a reader; {@link arrange} without its lists, since a work may have a thousand names. */
export function preferred<T extends InLanguage>(texts: readonly T[], language: string | undefined): T | undefined {
  let [written, any]: (T | undefined)[] = []
  for (const text of texts) {
    if (text.value === '') continue
    if (text.lang === language) return text
    any ??= text
    if (isReading(text)) continue
    if (primary(text) === language) return text
    written ??= text
  }
  return written ?? any
}

/** The language that a record speaks first: that of its first title which is no reading; none where it does not say. */
export function mainLanguage(titles: readonly InLanguage[]): string | undefined {
  const title = titles.find((text) => text.value !== '' && !isReading(text))
  return title && primary(title)
}

function partition<T>(values: readonly T[], test: (value: T) => boolean): [T[], T[]] {
  return [values.filter(test), values.filter((value) => !test(value))]
}
