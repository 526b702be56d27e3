import type { Record } from '../model.ts'

/**
 * When a work came out (YYYY-MM-DD, YYYY-MM or YYYY): issued; for a thesis, when the degree was granted; for what never
 * came out, when made. Of a range, its beginning.
 */
export function workDate({ dates, dateGranted }: Pick<Record, 'dates' | 'dateGranted'>): string | undefined {
  const dated = (wanted: Record['dates'][number]['type']) =>
    dates.find(({ type }) => type === wanted)?.value.match(/\d{4}(-\d{2}(-\d{2})?)?/)?.[0]
  return dated('Issued') ?? dateGranted ?? dated('Created')
}
