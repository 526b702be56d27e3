import type { Selectable } from 'kysely'
import type { ItemStatus } from '../platform/database/index.ts'
import type { ItemTable } from '../platform/database/tables.ts'
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
}

export interface PlacedItem extends PresentItem {
  /** Collections that it lies in itself. */
  collections: number[]
}

/** Items as they stand now, for whoever keeps a copy of them. */
export async function readPresent({ db }: Pick<Tenant, 'db'>, numbers: number[]): Promise<PlacedItem[]> {
  const rows = await db.selectFrom('item').select(PRESENT).where('number', 'in', numbers).execute()
  const placed = await db
    .selectFrom('item_collection')
    .select(['item', 'collection'])
    .where('item', 'in', numbers)
    .execute()
  const placesOf = Map.groupBy(placed, ({ item }) => item)
  return rows.map((row) => ({
    ...presentOf(row),
    collections: (placesOf.get(row.number) ?? []).map(({ collection }) => collection),
  }))
}

/** What {@link presentOf} needs of an item's row. */
export const PRESENT = [
  'number',
  'revision',
  'status',
  'publication_date',
  'record',
  'model_version',
  'access',
  'access_until',
] as const satisfies (keyof ItemTable)[]

export function presentOf(row: Pick<Selectable<ItemTable>, (typeof PRESENT)[number]>): PresentItem {
  const record = restoreRecord(row.record, row.model_version)
  return {
    item: row.number,
    revision: row.revision,
    status: row.status,
    publicationDate: row.publication_date,
    record,
    summary: summarize({
      number: row.number,
      record,
      access: { right: row.access, ...(row.access_until !== null && { until: row.access_until }) },
      publicationDate: row.publication_date,
    }),
  }
}
