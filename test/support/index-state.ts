import { sql } from 'kysely'
import type { Tenant } from '../../app/tenancy/index.ts'

/** What an institution's index (the one in PostgreSQL) lacks: items at another revision than theirs, and rows left. */
export async function behind({ db }: Pick<Tenant, 'db'>): Promise<{ items: number[]; work: number }> {
  const { rows } = await sql<{ number: number }>`
    select number from item left join search_document on search_document.item = number
    where search_document.revision is distinct from item.revision order by number`.execute(db)
  const { work } = await db
    .selectFrom('outbox')
    .select(({ fn }) => fn.countAll<number>().as('work'))
    .executeTakeFirstOrThrow()
  return { items: rows.map(({ number }) => number), work }
}
