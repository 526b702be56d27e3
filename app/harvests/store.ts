import type { Selectable } from 'kysely'
import type { HarvestTable } from '../platform/database/tables.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { Harvest, StoredHarvest } from './harvest.ts'

/** A harvest and the number of its last change. */
export interface Kept {
  harvest: StoredHarvest
  revision: number
}

/** All harvests of an institution, by the address that they go to. */
export async function listHarvests({ db }: Tenant): Promise<StoredHarvest[]> {
  const rows = await db.selectFrom('harvest').selectAll().orderBy('base_url').orderBy('id').execute()
  return rows.map((row) => keptOf(row).harvest)
}

export async function readHarvest({ db }: Tenant, id: string): Promise<Kept | undefined> {
  const row = await db.selectFrom('harvest').selectAll().where('id', '=', id).executeTakeFirst()
  return row && keptOf(row)
}

/** Notes a harvest that there is not yet; nothing if there is. */
export async function makeHarvest({ db }: Tenant, id: string, harvest: Harvest): Promise<Kept | undefined> {
  const row = await db
    .insertInto('harvest')
    .values({ id, ...columnsOf(harvest), revision: 1 })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  return row && keptOf(row)
}

/** Replaces a harvest that is still at one of the revisions that the caller has seen; nothing if it is not. */
export async function replaceHarvest(
  { db }: Tenant,
  id: string,
  seen: number[] | 'any',
  harvest: Harvest,
): Promise<Kept | undefined> {
  let query = db
    .updateTable('harvest')
    .set((is) => ({ ...columnsOf(harvest), revision: is('revision', '+', 1), updated_at: new Date() }))
    .where('id', '=', id)
  // SQL knows no empty list, and no revision is 0.
  if (seen !== 'any') query = query.where('revision', 'in', [0, ...seen])
  const row = await query.returningAll().executeTakeFirst()
  return row && keptOf(row)
}

/** Forgets how far a harvest has come: the next one begins at the beginning. Items stay. */
export async function forgetHarvest({ db }: Tenant, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('harvest').where('id', '=', id).executeTakeFirst()
  return numDeletedRows === 1n
}

const momentOf = (text: string | undefined) => (text === undefined ? null : new Date(text))

const columnsOf = (harvest: Harvest) => ({
  base_url: harvest.baseUrl,
  set_spec: harvest.set ?? null,
  metadata_prefix: harvest.metadataPrefix,
  until: momentOf(harvest.until),
  list_began: momentOf(harvest.list?.began),
  resumption_token: harvest.list?.resumptionToken ?? null,
  counts: JSON.stringify(harvest.counts),
  completed_at: momentOf(harvest.completedAt),
  last_error: harvest.lastError ?? null,
})

function keptOf(row: Selectable<HarvestTable>): Kept {
  const { resumption_token: resumptionToken, list_began: began } = row
  const harvest: StoredHarvest = {
    id: row.id,
    baseUrl: row.base_url,
    ...(row.set_spec !== null && { set: row.set_spec }),
    metadataPrefix: row.metadata_prefix,
    ...(row.until && { until: row.until.toISOString() }),
    ...(resumptionToken !== null && { list: { ...(began && { began: began.toISOString() }), resumptionToken } }),
    counts: row.counts,
    ...(row.completed_at && { completedAt: row.completed_at.toISOString() }),
    ...(row.last_error !== null && { lastError: row.last_error }),
    updatedAt: row.updated_at.toISOString(),
  }
  return { harvest, revision: row.revision }
}
