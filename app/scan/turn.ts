import { sql } from 'kysely'
import { followFiles } from '../fulltext/index.ts'
import { isPassed } from '../items/permission.ts'
import { publish } from '../items/publish.ts'
import type { ScanState, Tx } from '../platform/database/index.ts'
import type { ScanTable } from '../platform/database/tables.ts'
import { Problem } from '../platform/problem.ts'

/** What is noted of contents that have been looked at, or let go. */
export type Turn = { state: ScanState } & Partial<Pick<ScanTable, 'finding' | 'signatures' | 'released_by'>>

/**
 * Notes what contents have turned out to be, and what follows from it for all items that have them: where readers see a
 * difference, the feed and the index say so and texts are read. The last step of a transaction.
 *
 * @throws Problem 409 if another item has taken the contents meanwhile: another time, it is among them.
 */
export async function turnContents(tx: Tx, sha256: Buffer, turn: (before: ScanState) => Turn): Promise<void> {
  // Items before contents, as whoever changes an item locks them.
  const items = await holders(tx, sha256, true)
  await tx
    .insertInto('scan')
    .values({ sha256, state: 'waiting' })
    .onConflict((on) => on.doNothing())
    .execute()
  const { state: before } = await tx
    .selectFrom('scan')
    .select('state')
    .where('sha256', '=', sha256)
    .forUpdate()
    .executeTakeFirstOrThrow()
  if ((await holders(tx, sha256)).length > items.length)
    throw new Problem(409, 'Changed meanwhile', 'Another item has just got the same file. Please try again.')

  const { state, ...noted } = turn(before)
  const turned = state !== before
  await tx
    .updateTable('scan')
    .set({ state, due: false, looked_at: new Date(), turns: sql`turns + ${Number(turned)}`, ...noted })
    .where('sha256', '=', sha256)
    .execute()
  if (readersSee(before) === readersSee(state)) return
  for (const { number, revision } of items) {
    await tx.insertInto('outbox').values({ work: 'index', item: number, revision }).execute()
    if (isPassed(state)) await followFiles(tx, number, revision)
  }
  const shown = items.filter(({ status }) => status === 'public').map(({ number }) => number)
  if (shown.length > 0) await publish(tx, shown, 'public')
}

/** Readers are told of what waits, and nothing of what is infected. */
const readersSee = (state: ScanState) => (isPassed(state) ? 'file' : state === 'infected' ? 'nothing' : 'waiting')

/** The items with a file that has the contents, also one that only a version holds. */
async function holders(tx: Tx, sha256: Buffer, locked = false) {
  const query = tx
    .selectFrom('item')
    .select(['number', 'status', 'revision'])
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('file')
          .whereRef('file.item', '=', 'item.number')
          .where('file.sha256', '=', sha256)
          .where('file.object', 'is not', null),
      ),
    )
    .orderBy('number')
  return await (locked ? query.forUpdate() : query).execute()
}
