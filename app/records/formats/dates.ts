import { isCalendarDate, type Record } from '../model.ts'

/**
 * When a work came out (YYYY-MM-DD, YYYY-MM or YYYY, of the calendar): issued; for a thesis, when the degree was granted;
 * for what never came out, when made. Of a range, its beginning.
 */
export function workDate({ dates, dateGranted }: Pick<Record, 'dates' | 'dateGranted'>): string | undefined {
  const dated = (wanted: Record['dates'][number]['type']) =>
    calendarPart(dates.find(({ type }) => type === wanted)?.value)
  return dated('Issued') ?? dateGranted ?? dated('Created')
}

/** As much of a date as the calendar has: records say 2026-00 and 2026-02-31 too. */
function calendarPart(date: string | undefined): string | undefined {
  const [day = ''] = date?.match(/\d{4}(-\d{2}(-\d{2})?)?/) ?? []
  return [day, day.slice(0, 7), day.slice(0, 4)].find(isCalendarDate)
}
