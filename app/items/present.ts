import type { ItemStatus } from '../platform/database/index.ts'
import { type Record, restoreRecord } from '../records/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import { type ItemSummary, summarize } from './summary.ts'

export interface PresentItem {
  item: number
  revision: number
  status: ItemStatus
  publicationDate: string
  record: Record
  summary: ItemSummary
  /** Those that it lies in itself. */
  collections: number[]
}

/** Items as they stand now, for whoever keeps a copy of them. */
export async function readPresent({ db }: Tenant, numbers: number[]): Promise<PresentItem[]> {
  const rows = await db.selectFrom('item').selectAll().where('number', 'in', numbers).execute()
  const placed = await db.selectFrom('item_collection').selectAll().where('item', 'in', numbers).execute()
  const placesOf = Map.groupBy(placed, ({ item }) => item)
  return rows.map((row) => {
    const record = restoreRecord(row.record, row.model_version)
    return {
      item: row.number,
      revision: row.revision,
      status: row.status,
      publicationDate: row.publication_date,
      record,
      collections: (placesOf.get(row.number) ?? []).map(({ collection }) => collection),
      summary: summarize({
        number: row.number,
        record,
        access: { right: row.access, ...(row.access_until !== null && { until: row.access_until }) },
        publicationDate: row.publication_date,
      }),
    }
  })
}
