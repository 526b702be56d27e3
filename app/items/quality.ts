import { mayLag } from '../platform/database/index.ts'
import { type Finding, findQuality, type Record, restoreRecord } from '../records/index.ts'
import type { RecordFile } from '../records/model.ts'
import type { Tenant } from '../tenancy/index.ts'

/**
 * What should be mended in an item's record. Files that are held here have an address here, whatever the record says of
 * it: a relative path in an archive, an address of the repository that they came from, or nothing.
 *
 * @param held of each file held here the record's entry for it, if there is one.
 */
export function itemQuality({ url }: Tenant, record: Record, held: Iterable<RecordFile | undefined>): Finding[] {
  const entries = [...held]
  const heldEntries = new Set(entries)
  const described = record.files.map((file) => (heldEntries.has(file) ? { ...file, uri: url } : file))
  const undescribed = entries.filter((entry) => entry === undefined).map(() => ({ uri: url, extents: [], dates: [] }))
  return findQuality({ ...record, files: [...described, ...undescribed] })
}

/** The entry of a record at the index that is kept with a file. */
export const entryOf = ({ files }: Record, described: number | null): RecordFile | undefined =>
  described === null ? undefined : files[described]

/** How the records of an institution keep the rules. */
export interface QualityReport {
  /** Public items that were looked at. */
  items: number
  /** Rules that are broken, that of most items first: in how many items, and the numbers of the first of them. */
  findings: { rule: string; count: number; examples: number[] }[]
}

const MOST_EXAMPLES = 10
/** Items looked at between two pauses, in which others are served: some 15 ms. */
const BATCH = 50

/** Counts the items that the public sees by the rules that they break, batch after batch in the order of numbers. */
export async function reportQuality(tenant: Tenant): Promise<QualityReport> {
  const broken = new Map<string, { count: number; examples: number[] }>()
  let items = 0
  for await (const batch of publicItems(tenant)) {
    items += batch.length
    for (const { number, record, held } of batch) {
      for (const rule of new Set(itemQuality(tenant, record, held).map((finding) => finding.rule))) {
        const { count, examples } = broken.get(rule) ?? { count: 0, examples: [] }
        broken.set(rule, {
          count: count + 1,
          examples: examples.length < MOST_EXAMPLES ? [...examples, number] : examples,
        })
      }
    }
  }
  const findings = [...broken].map(([rule, counted]) => ({ rule, ...counted }))
  return { items, findings: findings.sort((a, b) => b.count - a.count || (a.rule < b.rule ? -1 : 1)) }
}

async function* publicItems({ db }: Tenant) {
  for (let last = 0; ; ) {
    const items = db
      .selectFrom('item')
      .select(['number', 'record', 'model_version'])
      .where('status', '=', 'public')
      .where('number', '>', last)
      .orderBy('number')
      .limit(BATCH)
    // All records of an institution, for a report: not the primary's work.
    const { rows } = await mayLag(items).execute(db)
    if (rows.length === 0) return
    const numbers = rows.map(({ number }) => number)
    const files = await db
      .selectFrom('file')
      .select(['item', 'described'])
      .where('item', 'in', numbers)
      .where('current', '=', true)
      .where('link', 'is', null)
      .execute()
    const byItem = Map.groupBy(files, ({ item }) => item)
    yield rows.map((row) => {
      const record = restoreRecord(row.record, row.model_version)
      const held = (byItem.get(row.number) ?? []).map(({ described }) => entryOf(record, described))
      return { number: row.number, record, held }
    })
    last = numbers.at(-1) as number
  }
}
