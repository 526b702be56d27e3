import { sql } from 'kysely'
import type { Tx } from '../../platform/database/index.ts'
import type { TableName } from '../../transfer/index.ts'

/** Characters of rows that are inserted at a time. */
const GATHERED = 4 * 2 ** 20

/**
 * Inserts rows as they stand in an export, in parts of some megabytes. Columns that it does not name yet get what the
 * database gives by default.
 *
 * @param gathered characters of rows that go into one statement.
 */
export async function insertRows(
  tx: Tx,
  table: TableName,
  rows: AsyncIterable<{ text: string; row: object }> | Iterable<{ text: string; row: object }>,
  gathered = GATHERED,
): Promise<void> {
  let texts: string[] = []
  let length = 0
  let columns: string[] = []
  const flush = async () => {
    if (texts.length > 0) await insertJson(tx, table, columns, texts)
    texts = []
    length = 0
  }
  for await (const { text, row } of rows) {
    const named = Object.keys(row)
    if (texts.length > 0 && (length > gathered || named.join() !== columns.join())) await flush()
    columns = named
    texts.push(text)
    length += text.length
  }
  await flush()
}

async function insertJson(tx: Tx, table: TableName, columns: string[], texts: string[]) {
  const named = sql.join(columns.map((column) => sql.ref(column)))
  await sql`
    insert into ${sql.table(table)} (${named}) overriding system value
    select ${named} from jsonb_populate_recordset(null::${sql.table(table)}, ${`[${texts.join()}]`}::jsonb)`.execute(tx)
}
