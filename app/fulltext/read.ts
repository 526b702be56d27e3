import { PASSED } from '../items/permission.ts'
import type { Tenant } from '../tenancy/index.ts'

/**
 * Files of items whose text everyone may read, by item, in their order: current, open, passed, and read already. Text of any
 * other file is nobody's to search, because finding it would give it away.
 */
export async function openTexts(
  { db, today }: Pick<Tenant, 'db' | 'today'>,
  items: number[],
): Promise<Map<number, string[]>> {
  const query = db
    .selectFrom('file')
    .innerJoin('file_text', 'file_text.file', 'file.id')
    .innerJoin('scan', 'scan.sha256', 'file.sha256')
    .select(['file.item', 'file.id'])
    .where('file.item', 'in', items)
    .where('file.current', '=', true)
    .where('file.access', '=', 'open')
    .where((where) => where.or([where('file.until', 'is', null), where('file.until', '<=', today())]))
    .where('file_text.state', '=', 'read')
    .where('scan.state', 'in', PASSED)
    .orderBy('file.position')
  const rows = await query.execute()
  return new Map([...Map.groupBy(rows, ({ item }) => item)].map(([item, files]) => [item, files.map(({ id }) => id)]))
}

/** The text of a file that {@link openTexts} named; empty if it is gone by now. */
export async function readText({ db }: Pick<Tenant, 'db'>, file: string): Promise<string> {
  const row = await db.selectFrom('file_text').select('text').where('file', '=', file).executeTakeFirst()
  return row?.text ?? ''
}
