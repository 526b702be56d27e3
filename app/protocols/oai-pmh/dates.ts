/** Length of a day and of a second in milliseconds, by granularity. */
const LENGTH = { day: 86_400_000, second: 1_000 }

/** A datestamp of a request: the moment at which it begins, and that at which the next one does. */
export interface Datestamp {
  granularity: keyof typeof LENGTH
  begins: Date
  ends: Date
}

/** Reads a datestamp (OAI-PMH 2.0, section 3.3: UTC, to the day or the second). Nothing if it is none. */
export function readDatestamp(text: string): Datestamp | undefined {
  const match = /^(?!0000)\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?$/.exec(text)
  if (!match) return undefined
  const granularity = match[1] === undefined ? 'day' : 'second'
  const begins = new Date(text)
  // A day or an hour that no calendar or clock has is refused, or silently becomes another.
  if (Number.isNaN(begins.getTime()) || !writeDatestamp(begins).startsWith(text.slice(0, -1))) return undefined
  return { granularity, begins, ends: new Date(begins.getTime() + LENGTH[granularity]) }
}

/** Writes a moment as a datestamp to the second in which it falls. */
export const writeDatestamp = (moment: Date) => `${moment.toISOString().slice(0, 19)}Z`
