import { sql } from 'kysely'
import { lockTree } from './collections/index.ts'
import { isUnread } from './fulltext/index.ts'
import { keepPlaces, lockItem } from './items/index.ts'
import { askForScans } from './scan/index.ts'
import type { Tenant } from './tenancy/index.ts'

/** Milliseconds after a migration in which a process of the release before may still be at work. */
const OVERLAP = 60 * 60 * 1000
/** Items whose places are mended in one transaction. */
const AT_ONCE = 100

/**
 * Makes good what the release before leaves out while it still runs beside this one, because it does not know it: since
 * migrations 0003 to 0011 what is to be read of files and written to the index anew (people and subjects with it), which
 * collections readers may see, and where items stand in them; since 0014 what is to be scanned. The release after this one needs it no more.
 */
export async function makeGood(tenant: Tenant): Promise<void> {
  const { rows } = await sql<{ at: string }>`
    select max(timestamp) as at from kysely_migration`.execute(tenant.db)
  if (Date.now() - Date.parse(rows[0]?.at ?? '') > OVERLAP) return
  await showCollections(tenant)
  await mendPlaces(tenant)
  await noteWork(tenant)
  await askForScans(tenant)
}

/** `collection.shown`, where a collection was made, opened or closed without it. */
const showCollections = ({ db }: Tenant) =>
  db.transaction().execute(async (tx) => {
    await lockTree(tx)
    await sql`
      with recursive tree as (
        select id, public as shown from collection where parent is null
        union all
        select below.id, tree.shown and below.public from tree join collection as below on below.parent = tree.id
      )
      update collection set shown = tree.shown from tree
      where collection.id = tree.id and collection.shown <> tree.shown`.execute(tx)
  })

/** Where items stand in their collections, where they were put there or changed without it. */
async function mendPlaces({ db }: Tenant): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ item: number }>`
      select distinct item from item_collection join item on number = item
      where item_collection.status <> item.status or published <> publication_date
        or (issue = '\\x0303' and (record ? 'volume' or record ? 'issue'))
        or (start = '\\x03' and record ? 'pageStart')
      order by item limit ${AT_ONCE}`.execute(db)
    if (rows.length === 0) return
    await db.transaction().execute(async (tx) => {
      for (const { item: number } of rows) {
        const item = await lockItem(tx, { number })
        if (item) await keepPlaces(tx, item)
      }
    })
  }
}

/** Work for files that have not been read and items that the index holds in the earlier form, or not at all. */
async function noteWork({ db }: Tenant): Promise<void> {
  await sql`
    insert into outbox (work, item, revision)
    select 'index', number, item.revision from item left join search_document on search_document.item = number
    where (search_document.item is null or facets = '{}' or listed is null
             or (listed->0->>0) <> search_document.status)
      -- Where another index is in use, nothing is here, and nothing is missing.
      and exists (select from search_document)
      and not exists (select from outbox where outbox.item = number and work = 'index')
    union all
    select 'extract', number, revision from item
    where exists (
        select from file left join file_text on file_text.file = file.id where file.item = number and ${isUnread})
      and not exists (select from outbox where outbox.item = number and work = 'extract')`.execute(db)
}
