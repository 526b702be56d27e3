import { type Actor, actorName } from '../../accounts/index.ts'
import { holdTree, place } from '../../collections/index.ts'
import { importedAccess, revise } from '../../items/index.ts'
import type { Tx } from '../../platform/database/index.ts'
import { Problem } from '../../platform/problem.ts'
import type { Finding, Record } from '../../records/index.ts'
import type { Tenant } from '../../tenancy/index.ts'
import { readFormerAddresses, writeFormerAddresses } from '../former-addresses.ts'
import type { Incoming } from '../incoming.ts'
import { writeFiles } from '../item-files.ts'
import { forGood } from '../manner.ts'
import { takeItem } from '../take-item.ts'
import { fitFiles } from './fit-files.ts'

/**
 * Makes an item of a record, whose files are sent later.
 *
 * @param settle says in the transaction what it comes to, before its last step.
 * @returns the number of the item, and what was found in what the record says of files.
 * @throws Problem 409 where its source is an item already, Rejection for what cannot be.
 */
export async function createItem(
  tenant: Tenant,
  actor: Actor,
  wanted: Pick<Incoming, 'source' | 'publicationDate' | 'collections' | 'formerAddresses'>,
  record: Record,
  settle: (tx: Tx, number: number) => Promise<void>,
): Promise<{ number: number; warnings: Finding[] }> {
  const { publicationDate, collections, formerAddresses = [] } = wanted
  const files = fitFiles(record, [], record, undefined)
  // A file that an old address leads to is still to be sent.
  const named = formerAddresses.flatMap((each) => (typeof each === 'string' ? [] : each.file))
  const addresses = readFormerAddresses(formerAddresses, new Set(named))
  const number = await forGood.transaction(tenant, async (tx) => {
    if (collections) await holdTree(tx)
    const { item, made } = await takeItem(tx, tenant, wanted, record, forGood)
    if (!made) throw new Problem(409, 'Taken', `This source is item ${item.number} already.`)
    await writeFiles(tx, {
      item: item.number,
      made,
      wanted: files.wanted,
      stored: new Map(),
      access: importedAccess(record, tenant),
    })
    if (collections) await place(tx, item, collections)
    await writeFormerAddresses(tx, item.number, addresses, forGood.holderOf)
    await settle(tx, item.number)
    const changes = { record, ...(publicationDate !== undefined && { publicationDate }) }
    await revise(tx, tenant, item, changes, { actor: actorName(actor), change: 'create' })
    return item.number
  })
  return { number, warnings: files.warnings }
}
