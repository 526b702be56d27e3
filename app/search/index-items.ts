import { sql } from 'kysely'
import { openTexts, readText } from '../fulltext/index.ts'
import { readPresent } from '../items/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import { documentOf } from './document.ts'

/** Key of the advisory lock under which an institution's index is written. */
const INDEX_LOCK = 3

/**
 * Brings the index up to the present state of items.
 *
 * Where an item lies and what has been read of its files make no revision that a document could be told apart by. So an
 * institution's index has one writer at a time, who reads and writes under a lock: nothing newer is overwritten.
 */
export async function indexItems(tenant: Tenant, items: number[]): Promise<void> {
  await inTurn(tenant, () => writeItems(tenant, items))
}

const writeItems = (tenant: Tenant, items: number[]): Promise<void> =>
  tenant.db.transaction().execute(async (tx) => {
    await sql`/*NO LOAD BALANCE*/ select pg_advisory_xact_lock(${INDEX_LOCK})`.execute(tx)
    const present = await readPresent(tenant, items)
    const texts = await openTexts(tenant, items)
    const documents = present.map((item) => documentOf(item, texts.get(item.item) ?? []))
    await tenant.search.put(documents, (file) => readText(tenant, file))
  })

const turns = new WeakMap<Tenant, Promise<void>>()

/** Within a process nobody waits for the lock: whoever does holds a connection, of which who has the lock needs two. */
function inTurn(tenant: Tenant, work: () => Promise<void>): Promise<void> {
  const turn = (turns.get(tenant) ?? Promise.resolve()).then(work)
  turns.set(
    tenant,
    turn.catch(() => {}),
  )
  return turn
}
