import { itemUrl, type LockedItem, lockItem, numberInIdentifier } from '../items/index.ts'
import type { Tx } from '../platform/database/index.ts'
import { MODEL_VERSION, type Record, storableRecord } from '../records/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { Incoming } from './incoming.ts'
import type { Manner } from './manner.ts'
import { fault, Rejection } from './rejection.ts'

/**
 * The item of a source, locked: the one that there is, or a new one that nobody sees before the transaction ends, with
 * a number of ours or one that was brought. Without a source it is always a new one, and its address is its source.
 */
export async function takeItem(
  tx: Tx,
  tenant: Tenant,
  wanted: Pick<Incoming, 'source' | 'number' | 'oaiIdentifier' | 'publicationDate' | 'harvested'>,
  record: Record,
  manner: Manner,
): Promise<{ item: LockedItem; made: boolean; brought?: boolean }> {
  const { source } = wanted
  const find = async () => (source === undefined ? undefined : await lockItem(tx, { source }))
  const wantedNumber = numberFor(tenant, wanted)
  for (;;) {
    const found = await find()
    if (found) return { item: found, made: false }
    const item: LockedItem = {
      number: wantedNumber ?? (await manner.nextNumber(tx)),
      status: 'scheduled',
      record,
      publicationDate: wanted.publicationDate ?? tenant.today(),
      revision: 0,
      oaiIdentifier: wanted.oaiIdentifier ?? null,
      importDigest: null,
      harvested: wanted.harvested !== undefined,
      due: null,
    }
    if (!manner.isTaken(item) && (await insertItem(tx, source ?? itemUrl(tenant, item.number), item)))
      return { item, made: true, brought: wantedNumber !== undefined }
    // Another call was quicker with this source, or an institution's own number stands in the way of the next one.
    if (wantedNumber !== undefined || wanted.oaiIdentifier !== undefined) {
      const quicker = await find()
      if (quicker) return { item: quicker, made: false }
      throw new Rejection(fault('import.taken', '/', 'the number or OAI identifier belongs to another item'))
    }
  }
}

/**
 * The number that a new item is to have, if that is not left to us. An OAI identifier of our own form belongs to the
 * item of its number: given to another, it would be in the way when that one is published.
 */
function numberFor(
  tenant: Tenant,
  { number, oaiIdentifier }: Pick<Incoming, 'number' | 'oaiIdentifier'>,
): number | undefined {
  const named = oaiIdentifier === undefined ? undefined : numberInIdentifier(tenant, oaiIdentifier)
  if (number !== undefined && named !== undefined && number !== named)
    throw new Rejection(fault('import.identifier', 'oaiIdentifier', `is that of item ${named}, not of item ${number}`))
  return number ?? named
}

/** Whether the item could be inserted: its source, number and OAI identifier are nobody else's. */
async function insertItem(tx: Tx, source: string, item: LockedItem): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('item')
    .values({
      number: item.number,
      source,
      status: item.status,
      record: JSON.stringify(storableRecord(item.record)),
      model_version: MODEL_VERSION,
      access: 'metadata only access',
      publication_date: item.publicationDate,
      revision: item.revision,
      oai_identifier: item.oaiIdentifier,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
