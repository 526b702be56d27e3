import type { DisseminatedFile, Dissemination } from '../../items/dissemination.ts'
import type { Record, RecordFile } from '../model.ts'

/**
 * The record as the item's publication here makes it: our address is the first identifier, access rights and an
 * embargo's end are those of the item now, and files are those that the reader may know of.
 */
export function publishedRecord({ record, url, access, files }: Dissemination): Record {
  return {
    ...record,
    accessRights: { term: access.right },
    dates:
      access.right === 'embargoed access' && access.until ? availableFrom(access.until, record.dates) : record.dates,
    identifiers: [{ value: url, type: 'URI' }, ...record.identifiers.filter((identifier) => identifier.value !== url)],
    files: [...files.map(fileOf), ...record.files.filter(namesNoFile)],
  }
}

/** The day takes the place of what the record says, unless that is the day's own month or year. */
function availableFrom(day: string, dates: Record['dates']): Record['dates'] {
  if (dates.some((date) => date.type === 'Available' && day.startsWith(date.value))) return dates
  return [...dates.filter((date) => date.type !== 'Available'), { value: day, type: 'Available' }]
}

function fileOf(file: DisseminatedFile): RecordFile {
  const { described, size } = file
  if (file.access === 'link' && described) return described
  const extents = (described?.extents ?? []).filter((extent) => size === undefined || !SIZE.test(extent))
  return {
    uri: file.url,
    label: file.label,
    objectType: file.objectType,
    mimeType: file.type,
    extents: size === undefined ? extents : [`${size} B`, ...extents],
    dates: described?.dates ?? [],
    version: described?.version,
  }
}

/** A size as records state it ("3MB", "852.95 KB"): the stored file's own replaces it; "24 pages" stays. */
const SIZE = /^[\d.,]+\s*(bytes?|[kmgt]?i?b)$/i

/** Such an entry ("852.95 KB" and no more) speaks of the content as a whole and has no file of its own. */
const namesNoFile = (file: RecordFile) => file.uri === undefined && file.label === undefined
