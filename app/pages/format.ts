import mime from 'mime'
import type { Language } from '../tenancy/schema.ts'
import { messages } from './languages/index.ts'

/** Figures and dates as people of a language write them. */

const locale = (language: Language) => messages[language].locale

/** Making an Intl formatter is slow and pages need the same few over and over. */
function kept<T>(make: (language: Language) => T): (language: Language) => T {
  const made = new Map<Language, T>()
  return (language) => {
    const known = made.get(language) ?? make(language)
    made.set(language, known)
    return known
  }
}

const numbers = kept((language) => new Intl.NumberFormat(locale(language)))
const days = kept((language) => new Intl.DateTimeFormat(locale(language), { dateStyle: 'long', timeZone: 'UTC' }))
const months = kept(
  (language) => new Intl.DateTimeFormat(locale(language), { year: 'numeric', month: 'long', timeZone: 'UTC' }),
)
const years = kept((language) => new Intl.DateTimeFormat(locale(language), { year: 'numeric', timeZone: 'UTC' }))
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
  if (day !== undefined) return [days(language).format(date), time].filter(Boolean).join(' ')
  return (month === undefined ? years : months)(language).format(date)
}

/** The day on which a moment falls where the institution is, in words. */
export function formatDay(moment: Date, timeZone: string, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), { dateStyle: 'long', timeZone }).format(moment)
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** Bytes in decimal units, as shops and operating systems count them: 2,400,000 is 2.4 MB. */
export function formatSize(bytes: number, language: Language): string {
  // 999,950 bytes would round to 1,000.0 kB.
  const power = bytes < 1_000 ? 0 : Math.min(Math.floor(Math.log10(bytes * 1.0001) / 3), UNITS.length - 1)
  return new Intl.NumberFormat(locale(language), {
    style: 'unit',
    unit: UNITS[power] as string,
    // The short form of byte has no plural.
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: 1,
  }).format(bytes / 1_000 ** power)
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
