import type { Actor } from '../accounts/index.ts'
import { actorName } from '../accounts/index.ts'
import { itemUrl, lockItem, revise } from '../items/index.ts'
import type { Database, ItemStatus } from '../platform/database/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { Incoming, Outcome } from './incoming.ts'
import type { Manner } from './manner.ts'
import { fault, Rejection } from './rejection.ts'

/** What the tombstone tells readers, in the two languages of the pages. */
const REASON = '収集元のリポジトリで削除されました。 It was deleted in the repository from which it had been harvested.'

/**
 * Withdraws the item of a source of which its repository says that it is deleted. One that was never imported, or is
 * withdrawn or deleted already, stays as it is.
 *
 * @throws Rejection if the item did not come from such a list.
 */
export async function withdrawDeleted(
  tenant: Tenant,
  actor: Actor,
  source: string,
  manner: Manner,
): Promise<Pick<Outcome, 'status' | 'item'>> {
  return await manner.transaction(tenant, async (tx): Promise<Pick<Outcome, 'status' | 'item'>> => {
    const locked = await lockItem(tx, { source })
    const earlier = manner.earlier(source)
    const taken = locked ?? earlier
    const item = locked && { number: locked.number, url: itemUrl(tenant, locked.number) }
    const isThere = earlier ? earlier.digest !== null : locked !== undefined && isLive(locked)
    if (!taken || !isThere) return { status: 'unchanged', ...(item && { item }) }
    if (locked) mustBeHarvested(locked)
    const done = { status: 'withdrawn', ...(item && { item }) } as const
    const { number, oaiIdentifier } = taken
    const outcome = { source, ...done, warnings: [], errors: [] }
    await manner.settle(tx, outcome, { number, oaiIdentifier, addresses: [], digest: null })
    const changes = { status: 'withdrawn', statusReason: REASON } as const
    if (locked) await revise(tx, tenant, locked, changes, { actor: actorName(actor), change: 'import' })
    return done
  })
}

const isLive = ({ status }: { status: ItemStatus }) => status !== 'withdrawn' && status !== 'deleted'

/** Anybody can list anything: a list changes what lists have brought, and nothing else. */
function mustBeHarvested({ number, harvested }: { number: number; harvested: boolean }): void {
  if (harvested) return
  const message = `is item ${number}, which was not harvested: a list of another repository does not change it`
  throw new Rejection(fault('import.harvested', 'source', message))
}

/**
 * Passes where an import may change an item: one that is live, or that an import has withdrawn, which the same source
 * brings back. What staff took out of sight stays there, and what was not harvested stays as it is for a harvested record.
 *
 * @throws Rejection otherwise.
 */
export async function mustTakeImports(
  db: Pick<Database, 'selectFrom'>,
  item: { number: number; status: ItemStatus; harvested: boolean },
  incoming: Incoming,
): Promise<void> {
  const { number, status } = item
  if (incoming.harvested) mustBeHarvested(item)
  if (isLive({ status })) return
  if (status === 'withdrawn') {
    const last = await db
      .selectFrom('revision')
      .select('change')
      .where('item', '=', number)
      .orderBy('revision', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    if (last.change === 'import') return
  }
  throw new Rejection(fault(`import.${status}`, '/', `this source is item ${number}, which is ${status}`))
}
