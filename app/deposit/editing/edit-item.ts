import { isDeepStrictEqual } from 'node:util'
import type { Actor } from '../../accounts/index.ts'
import {
  changeItem,
  type FilePatch,
  importedAccess,
  itemUrl,
  type LockedItem,
  mustBeLive,
  mustBeSeen,
  setAccess,
} from '../../items/index.ts'
import type { Tx } from '../../platform/database/index.ts'
import { mergePatch } from '../../platform/merge-patch.ts'
import { type Finding, parseRecord, type Record, storableRecord } from '../../records/index.ts'
import type { Tenant } from '../../tenancy/index.ts'
import { currentFiles, writeFiles } from '../item-files.ts'
import { Rejection } from '../rejection.ts'
import { fitFiles, type HeldFile } from './fit-files.ts'

/** What `PATCH /items/<n>` may say. */
export interface ItemPatch {
  /** A merge patch of the record as JSON has it. */
  record?: { [field: string]: unknown } | undefined
  /** Day (YYYY-MM-DD): ahead, the item is hidden until then; today or before, it is public. */
  publicationDate?: string | undefined
  files?: FilePatch[] | undefined
}

/** The revisions that a caller has seen. */
type Seen = number[] | 'any'

/** Puts a record in the place of an item's; the same makes no revision. @returns what was found in what it says of files. */
export async function putRecord(
  tenant: Tenant,
  actor: Actor,
  number: number,
  seen: Seen,
  record: Record,
): Promise<Finding[]> {
  let found: Finding[] = []
  await changeItem(tenant, actor, number, 'edit', async (tx, item) => {
    mustBeLive(item)
    mustBeSeen(item, seen)
    // Who sends everything every night must not have it harvested every night.
    if (isDeepStrictEqual(record, item.record)) return undefined
    found = await keepFiles(tx, tenant, item, { record })
    return { record }
  })
  return found
}

/**
 * Changes what a patch names of an item: its record, its publication date, its files' access.
 *
 * @returns what was found in what the record says of files, where it changes.
 * @throws Rejection where the patch makes no record.
 */
export async function patchItem(
  tenant: Tenant,
  actor: Actor,
  number: number,
  seen: Seen,
  patch: ItemPatch,
): Promise<Finding[]> {
  let found: Finding[] = []
  await changeItem(tenant, actor, number, 'edit', async (tx, item) => {
    mustBeLive(item)
    mustBeSeen(item, seen)
    const record = patch.record && patched(item.record, patch.record)
    if (record) found = await keepFiles(tx, tenant, item, { record })
    for (const file of patch.files ?? []) await setAccess(tx, item, file, tenant.today())
    const { publicationDate } = patch
    return {
      ...(record && { record }),
      ...(publicationDate !== undefined && {
        publicationDate,
        status: publicationDate <= tenant.today() ? ('public' as const) : ('scheduled' as const),
      }),
    }
  })
  return found
}

function patched(record: Record, patch: { [field: string]: unknown }): Record {
  const reading = parseRecord(mergePatch(storableRecord(record), patch))
  if (!reading.record) throw new Rejection(...reading.errors)
  return reading.record
}

/**
 * Makes an item's files follow a record, which may be the one that it has.
 *
 * @param given `held` the files that it is to have, where they are others than it has; `stored` the bytes that are new.
 */
export async function keepFiles(
  tx: Tx,
  tenant: Tenant,
  item: LockedItem,
  given: { record: Record; held?: HeldFile[]; stored?: Parameters<typeof writeFiles>[1]['stored'] },
): Promise<Finding[]> {
  const { record, held = await heldFiles(tx, item.number), stored = new Map() } = given
  const base = `${itemUrl(tenant, item.number)}/files/`
  const { wanted, warnings } = fitFiles(record, held, item.record, base)
  await writeFiles(tx, { item: item.number, made: false, wanted, stored, access: importedAccess(record, tenant) })
  return warnings
}

/** The files that an item holds here, in their order. */
export const heldFiles = async (tx: Tx, item: number) =>
  (await currentFiles(tx, item)).filter(({ link }) => link === null)
