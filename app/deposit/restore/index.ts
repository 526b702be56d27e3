import { text } from 'node:stream/consumers'
import { sql } from 'kysely'
import { type Bag, BagInvalid } from '../../bagit/index.ts'
import type { Tenant } from '../../tenancy/index.ts'
import {
  FORM,
  INSTITUTION,
  Institution,
  ItemRows,
  type ItemTableName,
  itemTables,
  laterTables,
  PROFILE,
  type ReadRow,
  type Row,
  readRows,
  rowsPath,
  type TableName,
  type WholeTable,
  wholeTables,
} from '../../transfer/index.ts'
import { type Incoming, noFiles } from '../incoming.ts'
import { restoreInstitution } from './institution.ts'
import { restoreItem, type TablesOfItems } from './item.ts'

/** Whether a bag is an institution's own export. */
export const isExport = (bag: Bag): boolean => bag.info.get('bagit-profile-identifier')?.includes(PROFILE) === true

/**
 * Restores an institution's export: first what belongs to the institution as a whole, then item by item, in the order
 * of its feed. It can be broken off anywhere and begun again: what is there already is left as it is.
 *
 * @throws BagInvalid before anything is restored, if the rows are not those that were exported or cannot be understood.
 */
export async function* restoreExport(bag: Bag): AsyncGenerator<Incoming> {
  const institution = await readInstitution(bag)
  await mustBeWhole(bag, institution)

  let begun: { tenant: Tenant; resumed: boolean } | undefined
  yield step(async (tenant) => {
    const { resumed, ...outcome } = await restoreInstitution(tenant, bag, institution)
    if (outcome.status !== 'rejected') begun = { tenant, resumed }
    return outcome
  })
  if (!begun) return
  const { tenant, resumed } = begun

  const tables = tablesOfItems((table) => rowsIn(bag, institution, table))
  let restored = 0
  try {
    for await (const item of readRows('item', bag.open(rowsPath('item'))))
      yield step(async (tenant, room) => {
        const answer = await restoreItem(tenant, bag, item, tables, room)
        if (answer.status === 'imported') restored++
        return answer
      })
  } finally {
    for (const each of Object.values(tables)) await each.close()
  }
  // Before it was broken off, it may have restored any of them.
  await finish(tenant, bag, resumed || restored > 0)
}

/**
 * Checksums first, and then every row, in its place: nothing is restored of an export that cannot be restored whole.
 *
 * @throws BagInvalid, WrongRow if a row is none, is missing, or is of no item where items are restored.
 */
async function mustBeWhole(bag: Bag, institution: Institution): Promise<void> {
  const counts = new Map<TableName, number>()
  async function* counted<T extends TableName>(table: T) {
    counts.set(table, 0)
    for await (const row of rowsIn(bag, institution, table)) {
      counts.set(table, (counts.get(table) ?? 0) + 1)
      yield row
    }
  }
  for (const table of Object.keys(wholeTables) as WholeTable[]) for await (const _ of counted(table));
  const tables = tablesOfItems(counted)
  try {
    for await (const { row } of counted('item')) for (const rows of Object.values(tables)) await rows.skip(row.number)
    for (const [table, rows] of Object.entries(tables))
      if (!(await rows.done()))
        throw new BagInvalid(`${rowsPath(table)} has rows of no item, or not in the order of the items`)
  } finally {
    for (const each of Object.values(tables)) await each.close()
  }
  for (const [table, count] of counts)
    if (isThere(institution, table) && count !== institution.rows[table])
      throw new BagInvalid(`${rowsPath(table)} has ${count} rows and not ${institution.rows[table]}`)
}

/** The rows of a table; none where the export was made before there was such a table. */
async function* rowsIn<T extends TableName>(bag: Bag, institution: Institution, table: T) {
  if (isThere(institution, table)) yield* readRows(table, bag.open(rowsPath(table)))
}

const isThere = ({ rows }: Institution, table: TableName) => table in rows || !laterTables.has(table)

const step = (restore: NonNullable<Incoming['restore']>): Incoming => ({
  source: undefined,
  reading: { record: undefined, errors: [], warnings: [] },
  files: noFiles,
  restore,
})

async function readInstitution(bag: Bag): Promise<Institution> {
  let content: unknown
  try {
    content = JSON.parse(await text(bag.open(INSTITUTION)))
  } catch (error) {
    throw error instanceof BagInvalid ? error : new BagInvalid(`${INSTITUTION} is no JSON`)
  }
  const form = (content as { form?: unknown } | null)?.form
  if (!(typeof form === 'number' && form <= FORM))
    throw new BagInvalid(`it is an export of form ${form}; this release knows forms up to ${FORM}`)
  const parsed = Institution.safeParse(content)
  if (!parsed.success) throw new BagInvalid(`${INSTITUTION} is wrong: ${parsed.error.issues[0]?.message}`)
  return parsed.data
}

function tablesOfItems(read: <T extends TableName>(table: T) => AsyncGenerator<ReadRow<Row<T>>>): TablesOfItems {
  const names = (Object.keys(itemTables) as ItemTableName[]).filter((table) => table !== 'item')
  const opened = names.map((table) => [
    table,
    new ItemRows(read(table), (row: object) => (row as { [column: string]: number })[itemTables[table][0]] as number),
  ])
  return Object.fromEntries(opened)
}

/**
 * The restoration is over. What the former home still had to publish anew because collections had changed is left in
 * the outbox; where nothing had, nothing follows.
 */
async function finish(tenant: Tenant, bag: Bag, restored: boolean): Promise<void> {
  await tenant.db.transaction().execute(async (tx) => {
    // Another bag's may have begun since, and its datestamps are as old.
    await sql`delete from restoration where bag = ${bag.digest}`.execute(tx)
    if (!restored) return
    await sql`insert into outbox (work, item, revision)
              select 'publish', item, revision from publication join item on number = item
              where state = 'public'`.execute(tx)
  })
  tenant.handOn()
}
