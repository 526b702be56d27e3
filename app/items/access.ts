import { dayIn } from '../platform/clock.ts'
import type { Record } from '../records/model.ts'
import type { AccessRight } from '../records/vocabularies.ts'
import type { FileAccess } from './dissemination.ts'

/** Access of a file or an item at a day: for an embargo, until when. */
export interface Until<T> {
  access: T
  until: string | null
}

/** Where and when it is asked: an institution. */
interface Place {
  timeZone: string
  today(): string
}

/**
 * What a record says that its files' access is, when it comes in: open gives open; embargoed gives embargoed until the
 * latest `Available`; restricted or metadata only gives closed; nothing said gives open. An embargo without a date
 * cannot end, so it gives closed; one that is over gives open.
 */
export function importedAccess(record: Record, where: Place): Until<'open' | 'embargoed' | 'closed'> {
  switch (record.accessRights?.term) {
    case 'embargoed access': {
      const until = latestAvailable(record, where)
      if (until === null) return { access: 'closed', until }
      return { access: until <= where.today() ? 'open' : 'embargoed', until }
    }
    case 'restricted access':
    case 'metadata only access':
      return { access: 'closed', until: null }
    default:
      return { access: 'open', until: null }
  }
}

/**
 * An item's access, derived: any open file or link, open; else any embargoed, embargoed with the earliest date; else
 * any file, restricted; else what was imported, embargoed only while its date lies ahead, otherwise metadata only.
 */
export function itemAccess(files: Until<FileAccess>[], record: Record, where: Place): Until<AccessRight> {
  if (files.some(({ access }) => access === 'open' || access === 'link')) return { access: 'open access', until: null }
  const ends = files.flatMap(({ access, until }) => (access === 'embargoed' && until !== null ? [until] : [])).sort()
  if (ends[0] !== undefined) return { access: 'embargoed access', until: ends[0] }
  if (files.length > 0) return { access: 'restricted access', until: null }
  const imported = record.accessRights?.term
  if (imported === 'embargoed access') {
    const until = latestAvailable(record, where)
    if (until !== null && until > where.today()) return { access: imported, until }
    return { access: 'metadata only access', until: null }
  }
  return { access: imported ?? 'metadata only access', until: null }
}

/** The next day on which the item changes by itself: its publication, the end of a file's embargo, or of its own. */
export function nextDue(
  item: { status: string; publicationDate: string; accessUntil: string | null },
  files: Until<FileAccess>[],
): string | null {
  if (item.status !== 'scheduled' && item.status !== 'public') return null
  const days = files.flatMap(({ access, until }) => (access === 'embargoed' && until !== null ? [until] : []))
  if (item.accessUntil !== null) days.push(item.accessUntil)
  if (item.status === 'scheduled') days.push(item.publicationDate)
  return days.sort()[0] ?? null
}

/** The last day of the latest date of type Available: of "2030-04" the 30th, so that no embargo ends early. */
function latestAvailable({ dates }: Record, { timeZone }: Place): string | null {
  const days = dates
    .filter(({ type }) => type === 'Available')
    .flatMap(({ value }) => value.split('/'))
    .flatMap((date) => lastDay(date, timeZone) ?? [])
  return days.sort().at(-1) ?? null
}

function lastDay(date: string, timeZone: string): string | undefined {
  // A moment: the day that it falls on here.
  if (date.includes('T')) return Number.isNaN(Date.parse(date)) ? undefined : dayIn(timeZone, new Date(date))
  const [year, month, day] = date.split('-').map(Number)
  if (date === '' || year === undefined || (month !== undefined && (month < 1 || month > 12))) return undefined
  // Day 0 of a month is the last of the one before.
  const moment = new Date(Date.UTC(year, month === undefined ? 12 : day === undefined ? month : month - 1, day ?? 0))
  // A date that no calendar has (2026-02-31) would quietly become another day.
  if (day !== undefined && moment.getUTCDate() !== day) return undefined
  return moment.toISOString().slice(0, 10)
}
