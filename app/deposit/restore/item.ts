import { sql } from 'kysely'
import { type Bag, BagInvalid } from '../../bagit/index.ts'
import { claimObjects, type StoredBytes, storeBytes } from '../../files/index.ts'
import { itemUrl, leaveWork, republish } from '../../items/index.ts'
import type { Database, Tx } from '../../platform/database/index.ts'
import { restoreRecord } from '../../records/index.ts'
import type { Tenant } from '../../tenancy/index.ts'
import type { ItemRows, ItemTableName, ReadRow, Row } from '../../transfer/index.ts'
import type { Outcome } from '../incoming.ts'
import { fault, Rejection, refusedByDatabase } from '../rejection.ts'
import type { StorageRoom } from '../storage-room.ts'
import { insertRows } from './insert.ts'

/** The rows of each table that has some for items. */
export type TablesOfItems = { [table in Exclude<ItemTableName, 'item'>]: ItemRows<Row<table>> }

/**
 * Restores an item with its whole history and its files, in one transaction: it is all there or not at all. One that
 * has been restored already is left as it is.
 *
 * @throws whatever keeps the institution's database or objects from working; the item's own faults are an outcome.
 */
export async function restoreItem(
  tenant: Tenant,
  bag: Bag,
  given: ReadRow<Row<'item'>>,
  tables: TablesOfItems,
  room: StorageRoom,
): Promise<Outcome> {
  const { number, source } = given.row
  const answer = (status: Outcome['status']): Outcome => ({
    source,
    status,
    ...(status !== 'rejected' && { item: { number, url: itemUrl(tenant, number) } }),
    warnings: [],
    errors: [],
  })
  try {
    if (await isHere(tenant.db, given.row, tables)) return answer('unchanged')
    if (!(await restore(tenant, bag, given, tables, room))) {
      // Another call that brings the same may have been quicker.
      if (await isHere(tenant.db, given.row, tables)) return answer('unchanged')
      throw await takenBy(tenant.db, given.row)
    }
    tenant.handOn()
    return answer('imported')
  } catch (error) {
    const rejection = rejectionOf(error)
    if (!rejection) throw error
    return { ...answer('rejected'), errors: rejection.findings }
  } finally {
    for (const rows of Object.values(tables)) await rows.skip(number)
  }
}

function rejectionOf(error: unknown): Rejection | undefined {
  if (error instanceof Rejection) return error
  if (error instanceof BagInvalid) return new Rejection(fault('bag.altered', 'files', error.message))
  return refusedByDatabase(error)
}

/**
 * Whether the item is here, as it is in the bag or further on.
 *
 * @throws Rejection if another one has its number, or the bag knows more of it than is here.
 */
async function isHere(db: Database, { number, source }: Row<'item'>, tables: TablesOfItems): Promise<boolean> {
  const existing = await db.selectFrom('item').select('source').where('number', '=', number).executeTakeFirst()
  if (!existing) return false
  const taken = new Rejection(fault('restore.conflict', 'number', `item ${number} is another one here`))
  if (existing.source !== source) throw taken
  const here = async (table: 'revision' | 'version', moment: 'at' | 'made_at') => {
    const { rows } = await sql<{ place: number; moment: string }>`
      select ${sql.ref(table)} as place, to_jsonb(${sql.ref(moment)} at time zone 'UTC') #>> '{}' as moment
      from ${sql.table(table)} where item = ${number}`.execute(db)
    return new Map(rows.map(({ place, moment }) => [place, moment]))
  }
  const [revisions, versions] = [await here('revision', 'at'), await here('version', 'made_at')]
  for await (const { row } of tables.revision.of(number))
    if (!sameMoment(revisions.get(row.revision), row.at)) throw revisions.has(row.revision) ? taken : older(number)
  for await (const { row } of tables.version.of(number))
    if (!sameMoment(versions.get(row.version), row.made_at)) throw versions.has(row.version) ? taken : older(number)
  return true
}

const older = (number: number) =>
  new Rejection(
    fault('restore.older', 'number', `item ${number} is here already, in an older state: an item is restored once`),
  )

/** Both are UTC, one says so. */
const sameMoment = (here: string | undefined, given: string) => here === given.replace(/(Z|\+00:00)$/, '')

/** Whether it could be restored: its number, source and OAI identifier are nobody's yet. */
async function restore(
  tenant: Tenant,
  bag: Bag,
  given: ReadRow<Row<'item'>>,
  tables: TablesOfItems,
  room: StorageRoom,
): Promise<boolean> {
  const { row: item } = given
  mustBeReadable(item)
  const files = (await Array.fromAsync(tables.file.of(item.number))).map(({ row }) => row)
  const bytes = files.reduce((sum, { path, size }) => sum + (path === null ? 0 : (size ?? 0)), 0)
  // Where more is stored than may be, what adds nothing is welcome.
  if (bytes > 0 && bytes > room.bytes)
    throw new Rejection(
      fault('file.storage', 'files', `would exceed the ${tenant.limits.storage} GiB that this institution may store`),
    )
  const stored = await storeFiles(tenant, bag, files)
  const inserted = await tenant.db.transaction().execute(async (tx) => {
    if (!(await insertItem(tx, given))) return false
    await claimObjects(
      tx,
      [...stored.values()].map(({ object }) => object),
    )
    const rowsOf = {
      revision: () => readable(tables.revision.of(item.number)),
      file: () => files.map((row) => withObject(row, stored.get(row.id)?.object)),
      // The feed comes last.
      publication: () => [],
    }
    for (const table of Object.keys(tables) as (keyof TablesOfItems)[]) {
      const given = table in rowsOf ? rowsOf[table as keyof typeof rowsOf]() : tables[table].of(item.number)
      await insertRows(tx, table, given)
    }
    await leaveWork(tx, tenant, item.number, item.revision)
    for await (const { row } of tables.publication.of(item.number))
      await republish(tx, row, await keepsDatestamps(tx, bag))
    return true
  })
  if (inserted) room.bytes -= bytes
  return inserted
}

/**
 * Whether what is restored keeps its datestamps. Only while this bag's restoration is noted as under way: that is what
 * keeps harvesters from passing over them.
 */
async function keepsDatestamps(tx: Tx, { digest }: Bag): Promise<boolean> {
  const { rows } = await sql<{ keeps: boolean }>`
    select keeps_datestamps as keeps from restoration where bag = ${digest} for share`.execute(tx)
  return rows[0]?.keeps === true
}

/** @throws Rejection for a record that this release cannot read. */
function mustBeReadable({ record, model_version }: Pick<Row<'item'>, 'record' | 'model_version'>) {
  try {
    restoreRecord(record, model_version)
  } catch (error) {
    throw new Rejection(fault('restore.record', 'record', (error as Error).message))
  }
}

async function* readable(revisions: AsyncIterable<ReadRow<Row<'revision'>>>) {
  for await (const each of revisions) {
    mustBeReadable(each.row)
    yield each
  }
}

/** Stores the bytes of files, by id. @throws BagInvalid, Rejection if they are not what the file says. */
async function storeFiles(tenant: Tenant, bag: Bag, files: Row<'file'>[]): Promise<Map<string, StoredBytes>> {
  const stored = new Map<string, StoredBytes>()
  for (const { id, name, path, sha256, size } of files) {
    if (path === null) continue
    const bytes = await storeBytes(tenant, { name, claimedType: undefined, bytes: bag.open(`data/${path}`) })
    if (size !== bytes.size || sha256 !== `\\x${bytes.sha256.toString('hex')}`)
      throw new Rejection(fault('bag.altered', 'files', `${path} is not the file that the item has under this name`))
    stored.set(id, bytes)
  }
  return stored
}

function withObject({ path: _, ...file }: Row<'file'>, object: string | undefined) {
  const row = { ...file, object: object ?? null }
  return { row, text: JSON.stringify(row) }
}

/** Whether number, source and OAI identifier are nobody else's. */
async function insertItem(tx: Tx, { text, row }: ReadRow<Row<'item'>>): Promise<boolean> {
  const columns = sql.join(Object.keys(row).map((column) => sql.ref(column)))
  const { numAffectedRows } = await sql`
    insert into item (${columns}) select ${columns} from jsonb_populate_record(null::item, ${text}::jsonb)
    on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
}

async function takenBy(db: Database, { number, source, oai_identifier }: Row<'item'>): Promise<Rejection> {
  const rows = await db
    .selectFrom('item')
    .select(['number', 'source', 'oai_identifier'])
    .where((where) =>
      where.or([
        where('number', '=', number),
        where('source', '=', source),
        where('oai_identifier', '=', oai_identifier),
      ]),
    )
    .execute()
  return new Rejection(
    ...rows.map((other) => {
      if (other.number === number) return fault('restore.conflict', 'number', `item ${number} is another one here`)
      const [field, value] =
        other.source === source ? (['source', source] as const) : (['oaiIdentifier', oai_identifier] as const)
      return fault('restore.conflict', field, `${value} is item ${other.number} here, and not item ${number}`)
    }),
  )
}
