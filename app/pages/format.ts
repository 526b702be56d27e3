import mime from 'mime'
import type { Language } from '../tenancy/schema.ts'
import { messages } from './languages/index.ts'

/** Figures and dates as people of a language write them. */

const locale = (language: Language) => messages[language].locale

/** Keeps what was made per language and detail: an Intl formatter is slow to make, and pages need the same few again. */
function kept<T, Detail extends string[]>(make: (language: Language, ...detail: Detail) => T) {
  const made = new Map<string, T>()
  return (language: Language, ...detail: Detail): T => {
    const key = [language, ...detail].join(' ')
    const known = made.get(key) ?? make(language, ...detail)
    made.set(key, known)
    return known
  }
}

const numbers = kept((language) => new Intl.NumberFormat(locale(language)))
/** Their detail is a time zone: there are as many as institutions are in. */
const days = kept(
  (language, timeZone: string) => new Intl.DateTimeFormat(locale(language), { dateStyle: 'long', timeZone }),
)
const months = kept(
  (language) => new Intl.DateTimeFormat(locale(language), { year: 'numeric', month: 'long', timeZone: 'UTC' }),
)
const years = kept((language) => new Intl.DateTimeFormat(locale(language), { year: 'numeric', timeZone: 'UTC' }))
const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
const sizes = kept(
  (language, unit: (typeof UNITS)[number]) =>
    new Intl.NumberFormat(locale(language), {
      style: 'unit',
      unit,
      // The short form of byte has no plural.
      unitDisplay: unit === 'byte' ? 'long' : 'short',
      maximumFractionDigits: 1,
    }),
)
const languageNames = kept((language) => new Intl.DisplayNames(locale(language), { type: 'language' }))

export const formatNumber = (value: number, language: Language): string => numbers(language).format(value)

/**
 * A date of a record (`2026`, `2026-03`, `2026-03-18`, with or without a time) or a range of two (`2025/2026`, `2025/`,
 * `/2026`) in words. What is not in the calendar stays as it was written.
 */
export function formatDate(value: string, language: Language): string {
  return value
    .split('/')
    .map((date) => formatOne(date, language))
    .join(' – ')
    .trim()
}

function formatOne(value: string, language: Language): string {
  const [, year, month, day, time] = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(.+))?)?)?$/.exec(value) ?? []
  if (year === undefined) return value
  const iso = `${year}-${month ?? '01'}-${day ?? '01'}`
  const date = new Date(iso)
  // Date turns 30 February into 2 March.
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(iso)) return value
  if (day !== undefined) return [days(language, 'UTC').format(date), time].filter(Boolean).join(' ')
  return (month === undefined ? years : months)(language).format(date)
}

/** The day on which a moment falls where the institution is, in words. */
export function formatDay(moment: Date, timeZone: string, language: Language): string {
  return days(language, timeZone).format(moment)
}

/** Bytes in decimal units, as shops and operating systems count them: 2,400,000 is 2.4 MB. */
export function formatSize(bytes: number, language: Language): string {
  // 999,950 bytes would round to 1,000.0 kB.
  const power = bytes < 1_000 ? 0 : Math.min(Math.floor(Math.log10(bytes * 1.0001) / 3), UNITS.length - 1)
  return sizes(language, UNITS[power] ?? 'byte').format(bytes / 1_000 ** power)
}

/** The name of a language by its code (`jpn`, `en`); the code itself where it has none. */
export function formatLanguage(code: string, language: Language): string {
  try {
    return languageNames(language).of(code) ?? code
  } catch {
    return code
  }
}

/** What kind of file readers know a media type as: PDF, CSV, ZIP. */
export function formatMediaType(type: string): string {
  return mime.getExtension(type)?.toUpperCase() ?? type
}
