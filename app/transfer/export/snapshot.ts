import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/database/index.ts'
import { Problem } from '../../platform/problem.ts'
import { notesIn, openScratch } from '../../platform/scratch.ts'
import type { Tenant } from '../../tenancy/index.ts'
import {
  FORM,
  type Institution,
  type ItemTableName,
  itemTables,
  type Row,
  type TableName,
  type WholeTable,
  wholeTables,
} from '../form.ts'
import { pathsOf } from './paths.ts'

/** Bytes of rows that are fetched at a time, as far as those before let it be guessed, and rows at most. */
const FETCHED = 8 * 2 ** 20
const MOST_FETCHED = 2_000
/** Rows of the first fetch: one may be as large as a hundred others. */
const FIRST = 20

/** A file row as it is noted for the export: with the key of its bytes, which stays behind. */
export type NotedFile = Row<'file'> & { object: string | null }

/** All rows of an institution at one moment, in scratch files. */
export interface Snapshot {
  institution: Institution
  /** The rows of a table, one a line; may be read again and again. Those of `file` are {@link NotedFile}. */
  read(table: TableName): AsyncIterable<Uint8Array>
  close(): Promise<void>
}

/**
 * Copies what goes along to scratch files, in one transaction: it lasts as long as the copying, and not as long as
 * whoever reads the export takes.
 */
export async function takeSnapshot(tenant: Tenant): Promise<Snapshot> {
  const scratches = new Map<TableName, Awaited<ReturnType<typeof openScratch>>>()
  const close = async () => {
    for (const scratch of scratches.values()) await scratch.close()
    scratches.clear()
  }
  const tables = [...Object.keys(wholeTables), ...Object.keys(itemTables)] as TableName[]
  try {
    for (const table of tables) scratches.set(table, await openScratch(tenant.scratch.exports))
    const notes = new Map([...scratches].map(([table, scratch]) => [table, notesIn(scratch)]))
    const snapshot = tenant.db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
    const institution = await snapshot.execute(async (tx) => {
      // Moments are to say the same wherever they are read.
      await sql`set local time zone 'UTC'`.execute(tx)
      await mustBeLookedAt(tx)
      const institution = await describe(tx, tenant)
      for (const [table, { append, flush }] of notes) {
        const written = table === 'file' ? fileLines(tx) : plainLines(tx, table)
        let rows = 0
        for await (const line of written) {
          await append(Buffer.from(`${line}\n`))
          rows++
        }
        await flush()
        institution.rows[table] = rows
      }
      return institution
    })
    return {
      institution,
      read(table) {
        const found = notes.get(table)
        if (!found) throw new Error(`no rows of ${table} were taken`)
        return found.read()
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * What is infected stays behind; what has not been looked at would be lost.
 *
 * @throws Problem 409 while there is any.
 */
async function mustBeLookedAt(tx: Tx): Promise<void> {
  const { rows } = await sql<{ files: number }>`
    /*NO LOAD BALANCE*/ select count(*)::integer as files from file left join scan on scan.sha256 = file.sha256
    where object is not null and coalesce(state, 'waiting') in ('waiting', 'unscannable')`.execute(tx)
  const files = rows[0]?.files ?? 0
  if (files > 0)
    throw new Problem(
      409,
      'Being checked',
      `${files} files have not passed the scan for viruses: wait for it, or decide on those that it cannot look into.`,
    )
}

async function describe(tx: Tx, tenant: Tenant): Promise<Institution> {
  const { rows } = await sql<{ taken: string; item: number; collection: number }>`
    select to_jsonb(now()) #>> '{}' as taken,
      (select case when is_called then last_value else 0 end from item_number) as item,
      (select case when is_called then last_value else 0 end from collection_id_seq) as collection`.execute(tx)
  const { taken, ...lastNumbers } = rows[0] as (typeof rows)[0]
  return { form: FORM, id: tenant.id, url: tenant.url, takenAt: taken, lastNumbers, rows: {} }
}

async function* plainLines(tx: Tx, table: TableName): AsyncGenerator<string> {
  for await (const { line } of fetchAll(tx, rowsOf(table))) yield line
}

async function* fileLines(tx: Tx): AsyncGenerator<string> {
  let item: number | undefined
  let pathOf = pathsOf()
  for await (const { line } of fetchAll(tx, rowsOf('file'))) {
    const row = JSON.parse(line) as NotedFile
    if (row.item !== item) pathOf = pathsOf()
    item = row.item
    yield JSON.stringify({ ...row, path: row.object === null ? null : pathOf(row) })
  }
}

/**
 * The rows of a table in their order: whole tables by key, those of items in the order of the feed. Places are sorted,
 * and rows looked up by them: PostgreSQL would otherwise sort the records themselves, on disk.
 */
function rowsOf(table: TableName): RawBuilder<unknown> {
  const order = table in wholeTables ? wholeTables[table as WholeTable] : itemTables[table as ItemTableName]
  const free =
    table === 'file'
      ? sql`where not exists (select from scan where scan.sha256 = t.sha256 and state = 'infected' and object is not null)`
      : sql``
  const columns = order.map((column) => sql`${sql.ref(`t.${column}`)}${sql.raw(column === 'current' ? ' desc' : '')}`)
  const places =
    table in wholeTables
      ? sql`select t.ctid from ${sql.table(table)} as t order by ${sql.join(columns)}`
      : sql`select t.ctid from ${sql.table(table)} as t
            left join publication as feed on feed.item = ${sql.ref(`t.${order[0]}`)}
            ${free}
            order by feed.seq nulls last, ${sql.join(columns)}`
  return sql`
    select (select to_jsonb(t)::text from ${sql.table(table)} as t where t.ctid = place.ctid) as line
    from (${places} offset 0) as place`
}

/** The rows of a query, through a cursor: in parts of some megabytes, however long each is. */
async function* fetchAll(tx: Tx, query: RawBuilder<unknown>): AsyncGenerator<{ line: string }> {
  await sql`declare export no scroll cursor for ${query}`.execute(tx)
  let count = FIRST
  for (;;) {
    const { rows } = await sql<{ line: string }>`fetch forward ${sql.lit(count)} from export`.execute(tx)
    yield* rows
    if (rows.length < count) break
    const length = rows.reduce((sum, { line }) => sum + line.length, 0) / rows.length
    count = Math.max(1, Math.min(MOST_FETCHED, Math.floor(FETCHED / length)))
  }
  await sql`close export`.execute(tx)
}
