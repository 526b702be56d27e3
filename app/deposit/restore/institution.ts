import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import type { Bag } from '../../bagit/index.ts'
import { lockTree } from '../../collections/index.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { Finding } from '../../records/index.ts'
import type { Tenant } from '../../tenancy/index.ts'
import {
  type Institution,
  type ReadRow,
  readRows,
  rowsPath,
  type WholeTable,
  wholeTables,
} from '../../transfer/index.ts'
import type { Outcome } from '../incoming.ts'
import { fault, Rejection, refusedByDatabase } from '../rejection.ts'
import { insertRows } from './insert.ts'

/** What the first line of a restoration's answer is called. */
const SOURCE = 'data/kura/institution.json'

/**
 * Restores what belongs to the institution as a whole, in one transaction: settings (if it has nothing else yet),
 * collections, the highest numbers given. From then on a restoration is noted as being under way.
 *
 * @returns the outcome, and whether this bag's restoration goes on after it was broken off.
 */
export async function restoreInstitution(
  tenant: Tenant,
  bag: Bag,
  institution: Institution,
): Promise<Outcome & { resumed: boolean }> {
  const warnings: Finding[] = []
  try {
    const restored = await tenant.db.transaction().execute(async (tx) => {
      await lockTree(tx)
      await sql`set local time zone 'UTC'`.execute(tx)
      const resumed = await begin(tx, bag.digest)
      const empty = await isEmpty(tx)
      let changed = false
      for (const table of Object.keys(wholeTables) as WholeTable[]) {
        const rows = await Array.fromAsync(readRows(table, bag.open(rowsPath(table))))
        if (table === 'settings') {
          changed = await restoreSettings(tx, rows, empty, warnings)
          continue
        }
        changed = (await restoreTable(tx, table, rows, resumed)) || changed
      }
      const { item, collection } = institution.lastNumbers
      await sql`select setval('item_number', greatest(${item}, last_value)) from item_number where ${item} > 0`.execute(
        tx,
      )
      await sql`select setval('collection_id_seq', greatest(${collection}, last_value))
                from collection_id_seq where ${collection} > 0`.execute(tx)
      await sql`select setval('heading_id_seq', greatest((select max(id) from heading), last_value))
                from heading_id_seq where exists (select from heading)`.execute(tx)
      return { changed, resumed }
    })
    const { changed, resumed } = restored
    tenant.forgetSettings()
    return { source: SOURCE, status: changed ? 'imported' : 'unchanged', warnings, errors: [], resumed }
  } catch (error) {
    const rejection = error instanceof Rejection ? error : refusedByDatabase(error)
    if (!rejection) throw error
    return { source: SOURCE, status: 'rejected', warnings, errors: rejection.findings, resumed: false }
  }
}

/**
 * Notes that the restoration of a bag is under way; one that was broken off goes on as it began.
 *
 * @returns whether it was under way already.
 */
async function begin(tx: Tx, bag: string): Promise<boolean> {
  const { rows } = await sql<{ resumed: boolean }>`
    with before as materialized (select bag from restoration)
    insert into restoration (bag, keeps_datestamps) select ${bag}, not exists (select from publication)
    on conflict (single) do update
    set bag = excluded.bag,
        keeps_datestamps = excluded.keeps_datestamps
                           or (restoration.keeps_datestamps and restoration.bag = excluded.bag)
    returning exists (select from before where bag = ${bag}) as resumed`.execute(tx)
  return rows[0]?.resumed === true
}

/** Whether the institution has nothing but the settings that it was made with. */
async function isEmpty(tx: Tx): Promise<boolean> {
  const { rows } = await sql`
    select where not exists (select from item) and not exists (select from collection)`.execute(tx)
  return rows.length > 0
}

/** What settings say, without when and how often they were changed. */
const SAID = { value: null, added: {}, logo: null, logo_bytes: null }

async function restoreSettings(
  tx: Tx,
  [coming]: ReadRow<object>[],
  empty: boolean,
  warnings: Finding[],
): Promise<boolean> {
  if (!coming) return false
  const here = await sql<{ row: object }>`select to_jsonb(t) as row from settings as t`.execute(tx)
  const said = (row: object = {}) =>
    Object.entries({ ...SAID, ...row })
      .filter(([name]) => Object.hasOwn(SAID, name))
      .sort()
  if (isDeepStrictEqual(said(coming.row), said(here.rows[0]?.row))) return false
  if (!empty) {
    warnings.push(fault('restore.settings', 'settings', 'are kept as they are here: this institution is in use'))
    return false
  }
  await sql`
    update settings
    set value = coming.value, added = coalesce(coming.added, '{}'), logo = coming.logo, logo_bytes = coming.logo_bytes,
        revision = coalesce(coming.revision, settings.revision + 1), updated_at = coalesce(coming.updated_at, now())
    from jsonb_populate_record(null::settings, ${coming.text}::jsonb) as coming`.execute(tx)
  return true
}

async function restoreTable<T extends Exclude<WholeTable, 'settings'>>(
  tx: Tx,
  table: T,
  rows: ReadRow<object>[],
  resumed: boolean,
): Promise<boolean> {
  const key = wholeTables[table]
  const here = await sql<{ row: object }>`select to_jsonb(t) as row from ${sql.table(table)} as t`.execute(tx)
  const keyOf = (row: object) => JSON.stringify(key.map((column) => (row as { [column: string]: unknown })[column]))
  const known = new Map(here.rows.map(({ row }) => [keyOf(row), row]))
  const missing = rows.filter(({ row }) => !known.has(keyOf(row)))
  const others = rows.filter(({ row }) => known.has(keyOf(row)) && !isDeepStrictEqual(known.get(keyOf(row)), row))
  // What is harvested here goes on from where it is. So does what staff have changed since this bag's rows came here.
  if (others.length > 0 && table !== 'harvest' && !resumed)
    throw new Rejection(
      ...others.slice(0, 10).map(({ row }) => fault('restore.conflict', table, `${keyOf(row)} is another one here`)),
    )
  // In one statement: a row may point to another of its table.
  if (missing.length > 0) await insertRows(tx, table, missing, Infinity)
  return missing.length > 0
}
