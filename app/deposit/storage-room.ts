import { sql } from 'kysely'
import { Problem } from '../platform/problem.ts'
import type { Tenant } from '../tenancy/index.ts'

const GIB = 2 ** 30

/** Bytes that the institution may still store; a call counts them down. */
export interface StorageRoom {
  bytes: number
}

/** What is left of the institution's storage. What is still being sent in parts counts as if it were here. */
export async function storageRoom({ db, limits }: Tenant): Promise<StorageRoom> {
  const { rows } = await sql<{ used: string }>`
    select coalesce((select sum(size) from file where object is not null), 0)
         + coalesce((select sum(size) from upload where not done), 0) as used`.execute(db)
  return { bytes: limits.storage * GIB - Number(rows[0]?.used) }
}

/**
 * Passes where a file of so many bytes may be sent and kept. That there is no room is the institution's own affair and
 * no failure of the service: 413, and not 507, which operators are woken for.
 *
 * @throws Problem 413 otherwise.
 */
export async function mustHaveRoom(tenant: Tenant, bytes: number): Promise<void> {
  const { upload, storage } = tenant.limits
  if (bytes > upload * GIB) throw new Problem(413, 'Too large', `A file may have ${upload} GiB at most.`)
  if (bytes > 0 && bytes > (await storageRoom(tenant)).bytes)
    throw new Problem(413, 'No room', `The file would exceed the ${storage} GiB that this institution may store.`)
}
