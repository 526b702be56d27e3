import { sql } from 'kysely'
import type { ItemStatus, Tx } from '../platform/database/index.ts'
import type { Record } from '../records/model.ts'

/** Where an item stands among others of a collection, whatever order that has. */
export interface Place {
  status: ItemStatus
  /** Day (YYYY-MM-DD). */
  published: string
  /** Keys whose order, byte by byte, is that of a bulletin's contents: {@link issueKey}, {@link startKey}. */
  issue: Buffer
  start: Buffer
}

interface Placed {
  status: ItemStatus
  publicationDate: string
  record: Pick<Record, 'volume' | 'issue' | 'pageStart'>
}

export const placeOf = ({ status, publicationDate, record }: Placed): Place => ({
  status,
  published: publicationDate,
  issue: issueKey(record),
  start: startKey(record.pageStart),
})

/** Keeps the places of an item in its collections what they are, in the transaction that changes the item. */
export async function keepPlaces(tx: Tx, item: Placed & { number: number }): Promise<void> {
  const { status, published, issue, start } = placeOf(item)
  await sql`
    update item_collection
    set status = ${status}, published = ${published}, issue = ${issue}, start = ${start}
    where item = ${item.number}
      and (status, published, issue, start) is distinct from (${status}, ${published}::date, ${issue}, ${start})`.execute(
    tx,
  )
}

/** Kinds of designations in their order. Pages in Roman numerals stand before all others: preface, contents. */
const ROMAN = 0
const NUMBER = 1
const OTHER = 2
const NONE = 3

/** Characters of a designation that count: an entry of an index has its limit. */
const COUNTED = 40

/** Volume and issue, the newest first: by number, then what begins with no number, then what has none. */
export function issueKey({ volume, issue }: Pick<Record, 'volume' | 'issue'>): Buffer {
  return Buffer.concat([volume, issue].map((part) => descending(designationKey(part && bare(part), NUMBER))))
}

/**
 * The first page in natural order: Roman numerals, then numbers (2 before 10), then what begins otherwise (e123, S12),
 * then none.
 */
export const startKey = (page: string | undefined): Buffer => designationKey(page, ROMAN)

/** Of "第12巻", "Vol. 12" and "No. 3", what one counts by. */
const bare = (designation: string) =>
  designation
    .normalize('NFKC')
    .trim()
    .replace(/^(第|(vol|no)\.?(?=[\s\d]))\s*/i, '')
    .replace(/(?<=\d)\s*[巻号輯集]$/, '')

/** No key is the beginning of another, so that one may be put behind another, and be inverted. */
function designationKey(designation: string | undefined, roman: typeof ROMAN | typeof NUMBER): Buffer {
  const text = [...(designation ?? '').normalize('NFKC').trim().toLowerCase()].slice(0, COUNTED).join('')
  if (text === '') return Buffer.of(NONE)
  const value = romanValue(text)
  if (value !== undefined) return Buffer.of(roman, ...naturalBytes(String(value)))
  return Buffer.of(/^\d/.test(text) ? NUMBER : OTHER, ...naturalBytes(text))
}

/** Digits by their value, longer numbers after shorter ones, and whatever stands between them as it is. */
function naturalBytes(text: string): number[] {
  const parts = text.match(/\d+|\D+/g) ?? []
  const bytes = parts.flatMap((part) => {
    if (!/^\d/.test(part)) return [2, ...Buffer.from(part), 0]
    const digits = part.replace(/^0+(?=\d)/, '')
    return [1, digits.length, ...Buffer.from(digits)]
  })
  return [...bytes, 0]
}

/** The other way round within a kind; the kinds keep their order. */
const descending = (key: Buffer) => Buffer.from(key.map((byte, index) => (index === 0 ? byte : 0xff - byte)))

const NUMERALS = { m: 1000, d: 500, c: 100, l: 50, x: 10, v: 5, i: 1 } as const

function romanValue(text: string): number | undefined {
  if (!/^(?=.)m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})$/.test(text)) return undefined
  const values = [...text].map((letter) => NUMERALS[letter as keyof typeof NUMERALS])
  return values.reduce((sum, value, index) => sum + (value < (values[index + 1] ?? 0) ? -value : value), 0)
}
