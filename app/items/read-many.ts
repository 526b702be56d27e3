import { type Selectable, sql } from 'kysely'
import type { Actor } from '../accounts/index.ts'
import type { Tx } from '../platform/database/index.ts'
import type { FileTable, ItemTable, VersionTable } from '../platform/database/tables.ts'
import type { Tenant } from '../tenancy/index.ts'
import { disseminate, type Scanned } from './disseminate.ts'
import type { Dissemination } from './dissemination.ts'
import { readableStatuses } from './permission.ts'

/** Items that are read at a time, and bytes of their records as they are stored: one may be as large as hundreds. */
const MOST_AT_ONCE = 100
const MOST_STORED = 1_000_000

/** One snapshot: a change between two statements must not give an item another revision's record. */
export const snapshot = <T>({ db }: Pick<Tenant, 'db'>, read: (tx: Tx) => Promise<T>): Promise<T> =>
  db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read)

/** What an actor may see of those of the items that there are for the actor, in three statements. */
export async function disseminateAll(
  tx: Tx,
  tenant: Tenant,
  actor: Actor,
  numbers: number[],
): Promise<Map<number, Dissemination>> {
  if (numbers.length === 0) return new Map()
  const { rows: items } = await sql<Selectable<ItemTable>>`
    select * from item
    where number = any (${numbers}) and status = any (${readableStatuses(actor)})`.execute(tx)
  const { rows: files } = await sql<Selectable<FileTable> & Scanned>`
    select file.*, state as scan, finding, turns
    from file left join scan on scan.sha256 = file.sha256
    where item = any (${numbers}) order by position`.execute(tx)
  const { rows: versions } = await sql<Selectable<VersionTable>>`
    select * from version where item = any (${numbers}) order by version desc`.execute(tx)
  const filesOf = Map.groupBy(files, ({ item }) => item)
  const versionsOf = Map.groupBy(versions, ({ item }) => item)
  return new Map(
    items.map((row) => {
      const stored = { row, files: filesOf.get(row.number) ?? [], versions: versionsOf.get(row.number) ?? [] }
      return [row.number, disseminate(tenant, actor, stored)]
    }),
  )
}

/** What an actor may see of items, in the order of the numbers; so many at a time that they fit into memory. */
export async function* readItems(tenant: Tenant, actor: Actor, numbers: number[]): AsyncGenerator<Dissemination> {
  for (let rest = numbers; rest.length > 0; ) {
    const next = rest.slice(0, MOST_AT_ONCE)
    const { portion, items } = await snapshot(tenant, async (tx) => {
      const { rows } = await sql<Sized>`
        select number, coalesce(pg_column_size(record), 0) as stored
        from unnest(${next}::integer[]) with ordinality as wanted (number, place) left join item using (number)
        order by place`.execute(tx)
      const portion = fitting(rows)
      return { portion, items: await disseminateAll(tx, tenant, actor, portion) }
    })
    for (const number of portion) {
      const item = items.get(number)
      if (item) yield item
    }
    rest = rest.slice(portion.length)
  }
}

/**
 * A page of the items that an actor may read, by number: each costs the same, wherever it lies.
 *
 * @param after the number behind which it begins.
 */
export const listItems = (
  tenant: Tenant,
  actor: Actor,
  { after, size }: { after: number; size: number },
): Promise<{ items: Dissemination[]; next?: number }> =>
  snapshot(tenant, async (tx) => {
    const { rows } = await sql<Sized>`
      select number, pg_column_size(record) as stored from item
      where status = any (${readableStatuses(actor)}) and number > ${after}
      order by number limit ${size + 1}`.execute(tx)
    const page = fitting(rows.slice(0, size))
    const items = await disseminateAll(tx, tenant, actor, page)
    const last = page.at(-1)
    return {
      items: page.flatMap((number) => items.get(number) ?? []),
      ...(rows.length > page.length && last !== undefined && { next: last }),
    }
  })

interface Sized {
  number: number
  /** Bytes of its record as it is stored. */
  stored: number
}

/** The first of them that fit into memory together; one always does. */
function fitting(rows: Sized[]): number[] {
  let bytes = 0
  const end = rows.findIndex(({ stored }, index) => {
    bytes += stored
    return index > 0 && bytes > MOST_STORED
  })
  return (end === -1 ? rows : rows.slice(0, end)).map(({ number }) => number)
}
