import { fold } from './fold.ts'

/** A day, month or year as a number that orders as they do: 20260318, 20260300, 20260000. */
export function dayNumber(date: string): number {
  const [year = '', month = '', day = ''] = date.split('-')
  return Number(year.padEnd(4, '0') + month.padEnd(2, '0') + day.padEnd(2, '0')) || 0
}

/** The last day number that begins as this date. */
export const lastDayNumber = (date: string): number => dayNumber(date.padEnd(10, '-99'))

/** Later than every day of issue. */
export const NO_DATE = 99_999_999

/** A title as it is ordered: folded, from its first letter or figure on; of a title without any, itself. */
export function titleKey(title: string): string {
  const folded = fold(title.slice(0, 500)).text
  return (folded.replace(/^[^\p{L}\p{N}]+/u, '') || folded).slice(0, 100).toWellFormed()
}
