/** What time it is: passed in, so that a test can move it. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

const formatters = new Map<string, Intl.DateTimeFormat>()

/** The day (YYYY-MM-DD) that a moment falls on in a time zone. */
export function dayIn(timeZone: string, moment: Date): string {
  let formatter = formatters.get(timeZone)
  if (!formatter) {
    // Sweden writes dates as ISO 8601 does.
    formatter = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    formatters.set(timeZone, formatter)
  }
  return formatter.format(moment)
}

/** The moment at which a day (YYYY-MM-DD) begins in a time zone. */
export function beginningOf(timeZone: string, day: string): Date {
  const utc = new Date(`${day}T00:00:00Z`)
  const offset = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(utc)
    .find(({ type }) => type === 'timeZoneName')?.value
  return new Date(`${day}T00:00:00${offset?.slice('GMT'.length) || 'Z'}`)
}
