import type { Actor } from '../../accounts/index.ts'
import { claimObjects, type StoredBytes } from '../../files/index.ts'
import {
  changeItem,
  type FilePatch,
  type LockedItem,
  lockItem,
  mustBeLive,
  mustBeSeen,
  mustEndLater,
  setAccess,
} from '../../items/index.ts'
import type { Tx } from '../../platform/database/index.ts'
import { notFound } from '../../platform/problem.ts'
import type { Tenant } from '../../tenancy/index.ts'
import { holds } from '../item-files.ts'
import { heldFiles, keepFiles } from './edit-item.ts'

/** The revisions of the item that a caller has seen; nothing where the caller does not mind. */
type Seen = number[] | 'any' | undefined

/** A file that is to be given to an item. */
export interface NewFile {
  name: string
  /** Its access, where staff choose it: otherwise it is that of the one before, or the record's. */
  chosen?: Omit<FilePatch, 'name'> | undefined
  seen?: Seen
}

/**
 * Passes where an item would take a file now: asked before its bytes are read.
 *
 * @throws Problem 404, 409, 410, 412 or 422 otherwise.
 */
export async function mustTakeFile(tenant: Tenant, number: number, { name, chosen, seen }: NewFile): Promise<void> {
  if (chosen) mustEndLater({ name, ...chosen }, tenant.today())
  const item = await tenant.db.transaction().execute((tx) => lockItem(tx, { number }))
  if (!item) throw notFound(`There is no item ${number}.`)
  mayChange(item, seen)
}

function mayChange(item: LockedItem, seen: Seen) {
  mustBeLive(item)
  if (seen !== undefined) mustBeSeen(item, seen)
}

/**
 * Gives an item a file, in place of one of the same name. The same bytes again change nothing.
 *
 * @param settle is part of the transaction, before its last step.
 */
export async function putFile(
  tenant: Tenant,
  actor: Actor,
  number: number,
  file: NewFile & { stored: StoredBytes },
  settle: (tx: Tx) => Promise<void> = async () => {},
): Promise<'added' | 'replaced' | 'unchanged'> {
  const { name, stored, chosen, seen } = file
  let done: 'added' | 'replaced' | 'unchanged' = 'added'
  await changeItem(tenant, actor, number, 'edit', async (tx, item) => {
    mayChange(item, seen)
    const held = await heldFiles(tx, number)
    const known = held.find((each) => each.name === name)
    const isSame = holds(known, stored.sha256)
    if (!isSame) {
      await claimObjects(tx, [stored.object])
      await keepFiles(tx, tenant, item, {
        record: item.record,
        held: known ? held : [...held, { name, described: null }],
        stored: new Map([[name, stored]]),
      })
    }
    if (chosen) await setAccess(tx, item, { name, ...chosen }, tenant.today())
    await settle(tx)
    done = isSame ? 'unchanged' : known ? 'replaced' : 'added'
    return isSame && !chosen ? undefined : {}
  })
  return done
}

/**
 * Takes a file away from an item, and the record's entry for it. It stays for the versions that hold it.
 *
 * @returns the revision that the item is at now.
 * @throws Problem 404 where there is no such file.
 */
export const removeFile = (tenant: Tenant, actor: Actor, number: number, name: string, seen: Seen): Promise<number> =>
  changeItem(tenant, actor, number, 'edit', async (tx, item) => {
    mayChange(item, seen)
    const held = await heldFiles(tx, number)
    const file = held.find((each) => each.name === name)
    if (!file) throw notFound(`Item ${number} has no file named ${name}.`)
    const files = item.record.files.filter((_, index) => index !== file.described)
    const record = { ...item.record, files }
    await keepFiles(tx, tenant, item, { record, held: held.filter((each) => each !== file) })
    return { record }
  })
