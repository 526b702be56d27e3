import { sql } from 'kysely'
import type { Actor } from '../accounts/index.ts'
import { actorName } from '../accounts/index.ts'
import type { Change, Tx } from '../platform/database/index.ts'
import type { Log } from '../platform/logs.ts'
import { notFound, Problem } from '../platform/problem.ts'
import { isUnavailable, type Tenant } from '../tenancy/index.ts'
import { type ItemChanges, type LockedItem, lockItem, revise } from './change.ts'
import type { FileAccess } from './dissemination.ts'

export interface FilePatch {
  name: string
  access: Exclude<FileAccess, 'link'>
  /** Day (YYYY-MM-DD) on which an embargo ends. */
  until?: string | undefined
}

/**
 * Chooses the access of an item's file, which later imports leave alone.
 *
 * @throws Problem 422 where there is no such file, or no day on which an embargo ends.
 */
export async function setAccess(tx: Tx, item: LockedItem, file: FilePatch, today: string) {
  mustEndLater(file, today)
  const { name, access, until } = file
  const { numUpdatedRows } = await tx
    .updateTable('file')
    .set({ access, until: access === 'embargoed' ? (until as string) : null, decided: true })
    .where('item', '=', item.number)
    .where('name', '=', name)
    // Also what only versions hold under this name: closing a file closes it everywhere.
    .where('link', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new Problem(422, 'Invalid', `Item ${item.number} has no stored file named ${name}.`)
}

/** @throws Problem 422 for an embargo that has no end, or one that is past. */
export function mustEndLater({ name, access, until }: FilePatch, today: string): void {
  if (access === 'embargoed' && (until === undefined || until <= today))
    throw new Problem(422, 'Invalid', `${name}: an embargo needs the day after today on which it ends, as "until".`)
}

/** Leaves a tombstone with a reason where the item was. */
export const withdrawItem = (tenant: Tenant, actor: Actor, number: number, reason: string) =>
  changeItem(tenant, actor, number, 'withdraw', async (_, item) => {
    mustBeLive(item)
    return { status: 'withdrawn', statusReason: reason }
  })

/** Brings a withdrawn item back, under its old address and identifier. */
export const restoreItem = (tenant: Tenant, actor: Actor, number: number) =>
  changeItem(tenant, actor, number, 'restore', async (_, item) => {
    if (item.status !== 'withdrawn') throw new Problem(409, 'Not withdrawn', `Item ${number} is not withdrawn.`)
    return { status: 'scheduled', statusReason: null }
  })

/** Removes an item for good: its files' bytes go, a tombstone and its history stay. */
export const deleteItem = (tenant: Tenant, actor: Actor, number: number) =>
  changeItem(tenant, actor, number, 'delete', async (tx, item) => {
    if (item.status === 'deleted') throw gone(number)
    await tx
      .insertInto('unclaimed_object')
      .columns(['object', 'remove_after'])
      .expression((from) =>
        from
          .selectFrom('file')
          .select(({ ref, fn }) => [ref('object').$notNull().as('object'), fn<Date>('now').as('remove_after')])
          .where('item', '=', number)
          .where('object', 'is not', null),
      )
      .execute()
    await tx.updateTable('file').set({ object: null }).where('item', '=', number).execute()
    return { status: 'deleted', statusReason: null }
  })

/**
 * Makes a version that readers can cite of the item as it stands.
 *
 * @returns its number.
 */
export async function makeVersion(
  tenant: Tenant,
  actor: Actor,
  number: number,
): Promise<{ version: number; madeAt: Date }> {
  return await tenant.db.transaction().execute(async (tx) => {
    const item = await lockFor(tx, number)
    mustBeLive(item)
    const last = await tx
      .selectFrom('version')
      .select(['version', 'revision'])
      .where('item', '=', number)
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (last?.revision === item.revision)
      throw new Problem(409, 'Nothing new', `Item ${number} has not changed since version ${last.version} was made.`)
    const version = (last?.version ?? 0) + 1
    const { made_at } = await tx
      .insertInto('version')
      .values({ item: number, version, revision: item.revision, actor: actorName(actor) })
      .returning('made_at')
      .executeTakeFirstOrThrow()
    return { version, madeAt: made_at }
  })
}

/**
 * Changes an item by one revision, in one transaction.
 *
 * @param decide says what changes, of an item that is locked; nothing where nothing does: then there is no revision.
 * @returns the revision that it is at now.
 * @throws Problem 404 where there is no such item.
 */
export async function changeItem(
  tenant: Tenant,
  actor: Actor,
  number: number,
  change: Change,
  decide: (tx: Tx, item: LockedItem) => Promise<ItemChanges | undefined>,
): Promise<number> {
  const revision = await tenant.db.transaction().execute(async (tx) => {
    const item = await lockFor(tx, number)
    const changes = await decide(tx, item)
    if (!changes) return item.revision
    return await revise(tx, tenant, item, changes, { actor: actorName(actor), change })
  })
  tenant.handOn()
  return revision
}

async function lockFor(tx: Tx, number: number): Promise<LockedItem> {
  const item = await lockItem(tx, { number })
  if (!item) throw notFound(`There is no item ${number}.`)
  return item
}

/** @throws Problem 409 or 410 where a tombstone is left of the item. */
export function mustBeLive({ status, number }: LockedItem) {
  if (status === 'withdrawn') throw new Problem(409, 'Withdrawn', `Item ${number} is withdrawn: restore it first.`)
  if (status === 'deleted') throw gone(number)
}

/** @throws Problem 412 where the item is at a revision that the caller has not seen. */
export function mustBeSeen({ revision, number }: LockedItem, seen: number[] | 'any'): void {
  if (seen === 'any' || seen.includes(revision)) return
  throw new Problem(412, 'Changed meanwhile', `Item ${number} is at revision ${revision} by now: read it again.`)
}

const gone = (number: number) => new Problem(410, 'Deleted', `Item ${number} was deleted.`)

/**
 * Carries out what has come due: publications and ends of embargoes, each as a change like any other. An item that
 * cannot be changed is logged and passed over: it keeps no other from its day. The work that follows is left in the
 * outbox.
 */
export async function carryOutDue(tenant: Tenant, log: Log): Promise<void> {
  const failed: number[] = []
  for (;;) {
    const due = await nextDueItem(tenant, failed)
    if (due === undefined) break
    try {
      await carryOut(tenant, due)
    } catch (error) {
      if (isUnavailable(error)) throw error
      log.error({ tenant: tenant.id, item: due, err: error }, 'what has come due could not be carried out')
      failed.push(due)
    }
  }
}

async function nextDueItem({ db, today }: Tenant, except: number[]): Promise<number | undefined> {
  const { rows } = await sql<{ number: number }>`
    select number from item where due <= ${today()} and number <> all (${except})
    order by due limit 1`.execute(db)
  return rows[0]?.number
}

const carryOut = (tenant: Tenant, number: number): Promise<void> =>
  tenant.db.transaction().execute(async (tx) => {
    const item = await lockItem(tx, { number })
    // Another worker, or an editor, was quicker: what is due now stands in the row that has just been locked.
    if (item?.due == null || item.due > tenant.today()) return
    await revise(tx, tenant, item, {}, { actor: 'clock', change: 'time' })
  })
