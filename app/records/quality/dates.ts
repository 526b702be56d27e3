import { shown } from '../findings.ts'
import { isCalendarDate, type Record } from '../model.ts'
import type { ResourceType } from '../vocabularies.ts'
import { each, files, type Placed } from './places.ts'
import type { Rule } from './rule.ts'

/** Days and months that no calendar has: the schema checks digits alone. */
export const calendar: Rule = {
  name: 'date.calendar',
  *find(record) {
    for (const { path, value } of allDates(record)) {
      const wrong = value.split('/').find((part) => part !== '' && !exists(part))
      if (wrong !== undefined)
        yield { path, message: `is ${shown(wrong)}, which no calendar has: write the day itself` }
    }
  },
}

function* allDates(record: Record): Generator<Placed<string>> {
  for (const { path, value } of each('dates', record.dates)) yield { path: `${path}.value`, value: value.value }
  for (const file of files(record)) {
    for (const { path, value } of each(`${file.path}.dates`, file.value.dates))
      yield { path: `${path}.value`, value: value.value }
  }
  for (const { path, value } of each('conferences', record.conferences)) {
    const { startDay, startMonth, startYear, endDay, endMonth, endYear } = value.date ?? {}
    yield* dayOf(`${path}.date.startDay`, startYear, startMonth, startDay)
    yield* dayOf(`${path}.date.endDay`, endYear, endMonth, endDay)
  }
}

/** A day of which month and day are said; without a year any may be meant, also a leap year. */
function* dayOf(path: string, year = 2000, month?: number, day?: number): Generator<Placed<string>> {
  if (month === undefined || day === undefined) return
  yield { path, value: [year, month, day].map((part) => String(part).padStart(2, '0')).join('-') }
}

/** A day, month or year of the calendar, or a moment of the clock on such a day. */
function exists(date: string): boolean {
  const [day = ''] = date.split('T')
  return isCalendarDate(day) && (day === date || !Number.isNaN(Date.parse(date)))
}

/** Types of what is published on a day: in a journal, as a book, by a publisher. */
const PUBLISHED: ReadonlySet<ResourceType> = new Set<ResourceType>([
  'article',
  'book',
  'book part',
  'conference paper',
  'conference proceedings',
  'data paper',
  'departmental bulletin paper',
  'editorial',
  'journal',
  'journal article',
  'magazine article',
  'newspaper',
  'other periodical',
  'research report',
  'review article',
  'software paper',
  'technical report',
])

/** A published work says when it was: readers sort by it, and funders count by it. */
export const issued: Rule = {
  name: 'date.issued',
  *find({ type, dates }) {
    if (!PUBLISHED.has(type.term) || dates.some((date) => date.type === 'Issued')) return
    yield { path: 'dates', message: `has no date of type Issued: write when this ${type.term} was published` }
  },
}
