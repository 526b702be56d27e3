import { sql } from 'kysely'
import type { Tenant } from '../tenancy/index.ts'

/** Seconds from one item to the next of those that do not wait: what waits must not wait for them. */
const PAUSE = 1

/**
 * Leaves work for everything that is due to be looked at and for which none has been left: what waits at once, the rest
 * bit by bit. Without a scanner, it is what waits alone.
 *
 * @returns how many items that are.
 */
export async function askForScans({ db, scanner }: Tenant): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into outbox (work, item, revision, due)
    select 'scan', number, revision,
           now() + make_interval(secs => case when waits then 0 else ${PAUSE} * row_number() over (order by waits, number) end)
    from item, lateral (
      select bool_or(coalesce(state, 'waiting') = 'waiting') as waits
      from file left join scan on scan.sha256 = file.sha256
      where file.item = number and object is not null and coalesce(due, true)
    ) as held
    where (waits or (waits is not null and ${scanner !== undefined})) and not exists (select from outbox where outbox.item = number and work = 'scan')`.execute(
    db,
  )
  return Number(numAffectedRows ?? 0)
}

/** Has everything that the institution holds looked at again, as after new signatures: until then it stays as it is. */
export async function scanAgain(tenant: Tenant): Promise<number> {
  await tenant.db.updateTable('scan').set({ due: true }).where('due', '=', false).execute()
  return await askForScans(tenant)
}

/** How many contents wait for a verdict, and for how many seconds the oldest has. */
export async function waitingContents({ db }: Tenant): Promise<{ contents: number; age: number }> {
  const { rows } = await sql<{ contents: number; age: number }>`
    select count(*)::integer as contents, coalesce(extract(epoch from now() - min(since)), 0)::float8 as age from scan
    where state = 'waiting' and exists (select from file where file.sha256 = scan.sha256 and object is not null)`.execute(
    db,
  )
  return rows[0] as (typeof rows)[0]
}
