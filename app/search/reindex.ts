import { sql } from 'kysely'
import type { Tenant } from '../tenancy/index.ts'
import { writeItems } from './index-items.ts'

/** Items read and written at a time: enough to keep the database busy, few enough to hold. */
const BATCH = 500

/**
 * Makes an institution's index again from its database, in the order of item numbers. What is searched for meanwhile is
 * found in what the index holds of it, old or new. It is done when the last batch has been asked for in vain: whoever
 * stops before leaves the index as it was.
 *
 * @param after goes on behind this item, in what was begun before: where a run that was broken off had come to, or 0 to
 *   look through all of it. Without it, all is begun anew.
 * @yields after each batch the number of its last item and how many items it had.
 */
export async function* reindex(tenant: Tenant, after?: number): AsyncGenerator<{ last: number; items: number }> {
  const anew = await tenant.search.rebuild(after !== undefined)
  for (let last = after ?? 0; ; ) {
    const rows = await tenant.db
      .selectFrom('item')
      .select('number')
      .where('number', '>', last)
      .orderBy('number')
      .limit(BATCH)
      .execute()
    const numbers = rows.map(({ number }) => number)
    if (numbers.length === 0) break
    await writeItems(tenant, numbers, anew)
    await noteChange(tenant)
    last = numbers.at(-1) as number
    yield { last, items: numbers.length }
  }
  const { items } = await tenant.db
    .selectFrom('item')
    .select(({ fn }) => fn.countAll<string>().as('items'))
    .executeTakeFirstOrThrow()
  await anew.takePlace(Number(items))
  await noteChange(tenant)
}

/** No work in the outbox says of these items that the index has changed. */
const noteChange = ({ db }: Tenant) => sql`select nextval('index_state')`.execute(db)
