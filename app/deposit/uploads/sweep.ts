import { randomUUID } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Tenant } from '../../tenancy/index.ts'
import { removeUpload, uploadsFolder } from './store.ts'

/** Uploads removed in one round. */
const SWEPT_AT_ONCE = 100
/** Milliseconds after which bytes that belong to no upload are a leftover: of a database that was set back. */
const LEFT_OVER = 24 * 60 * 60 * 1000

/** Removes uploads that nobody has worked on for days, and bytes that belong to none. */
export async function sweepUploads(tenant: Tenant): Promise<void> {
  const { db } = tenant
  // Nobody goes on with one that has expired: what is taken here stays ours.
  const { rows } = await sql<{ id: string }>`
    update upload set runner = ${randomUUID()}, leased_until = now() + interval '1 minute'
    where id in (select id from upload where expires_at <= now() and leased_until <= now()
                 order by expires_at limit ${SWEPT_AT_ONCE} for update skip locked)
    returning id`.execute(db)
  for (const { id } of rows) await removeUpload(tenant, id)

  const folder = uploadsFolder(tenant)
  const names = await readdir(folder).catch(() => [])
  if (names.length === 0) return
  const known = await sql<{ id: string }>`
    select id::text as id from upload where id::text = any (${names})`.execute(db)
  const ids = new Set(known.rows.map(({ id }) => id))
  for (const name of names.filter((name) => !ids.has(name))) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (found && found.mtimeMs < Date.now() - LEFT_OVER) await rm(path, { force: true })
  }
}
