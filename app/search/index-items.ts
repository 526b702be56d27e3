import { sql } from 'kysely'
import { openTexts, readText } from '../fulltext/index.ts'
import { readPresent } from '../items/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import { documentOf } from './document.ts'
import type { SearchIndex } from './port.ts'

/** First key of the advisory locks under which items are written to the index; the second is the item. */
const INDEX_LOCK = 3

/**
 * Brings the index up to the present state of items.
 *
 * Where an item lies and what has been read of its files make no revision that a document could be told apart by. So an
 * item has one writer at a time, who reads and writes under a lock: nothing newer is overwritten.
 */
export const indexItems = (tenant: Tenant, items: number[]): Promise<void> => writeItems(tenant, items, tenant.search)

/** Brings an index up to the present state of items: the one that is searched, or one that is being made again. */
export async function writeItems(tenant: Tenant, items: number[], index: Pick<SearchIndex, 'put'>): Promise<void> {
  await inTurn(tenant, () => writeInto(tenant, items, index))
}

const writeInto = (tenant: Tenant, items: number[], index: Pick<SearchIndex, 'put'>): Promise<void> =>
  tenant.db.transaction().execute(async (tx) => {
    // The server must not end it while the index takes long texts.
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx)
    // In one order for all, so that two never wait for each other.
    await sql`select pg_advisory_xact_lock(${INDEX_LOCK}, item)
              from unnest(${items.toSorted((a, b) => a - b)}::integer[]) as item`.execute(tx)
    const here = { db: tx, today: tenant.today }
    const present = await readPresent(here, items)
    const texts = await openTexts(here, items)
    const documents = present.map((item) => documentOf(item, texts.get(item.item) ?? []))
    await index.put(documents, (file) => readText(here, file))
  })

const turns = new WeakMap<Tenant, Promise<void>>()

/** One after the other within a process: each needs two connections, its own and the index's. */
function inTurn(tenant: Tenant, work: () => Promise<void>): Promise<void> {
  const turn = (turns.get(tenant) ?? Promise.resolve()).then(work)
  turns.set(
    tenant,
    turn.catch(() => {}),
  )
  return turn
}
