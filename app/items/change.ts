import type { Updateable } from 'kysely'
import { followFiles } from '../fulltext/index.ts'
import type { Change, ItemStatus, Tx } from '../platform/database/index.ts'
import type { ItemTable } from '../platform/database/tables.ts'
import { type Record, restoreRecord, storableRecord } from '../records/index.ts'
import { MODEL_VERSION } from '../records/model.ts'
import { admitFiles } from '../scan/admit.ts'
import type { Tenant } from '../tenancy/index.ts'
import { itemAccess, nextDue } from './access.ts'
import { keepPlaces } from './place.ts'
import { publish } from './publish.ts'

/** An item as it stands, locked until the transaction ends. */
export interface LockedItem {
  number: number
  status: ItemStatus
  record: Record
  publicationDate: string
  revision: number
  oaiIdentifier: string | null
  importDigest: Buffer | null
  /** Whether its last import came from another repository's list. */
  harvested: boolean
  /** Day (YYYY-MM-DD) on which it changes by itself. */
  due: string | null
}

/** What a change sets on the item; its files are changed by whoever changes them, before. */
export interface ItemChanges {
  status?: ItemStatus
  statusReason?: string | null
  record?: Record
  publicationDate?: string
  importDigest?: Buffer
  harvested?: boolean
}

/** Reads an item and keeps others from changing it until the transaction ends. */
export async function lockItem(tx: Tx, by: { number: number } | { source: string }): Promise<LockedItem | undefined> {
  const row = await tx
    .selectFrom('item')
    .selectAll()
    .where((where) => ('number' in by ? where('number', '=', by.number) : where('source', '=', by.source)))
    .forUpdate()
    .executeTakeFirst()
  return (
    row && {
      number: row.number,
      status: row.status,
      record: restoreRecord(row.record, row.model_version),
      publicationDate: row.publication_date,
      revision: row.revision,
      oaiIdentifier: row.oai_identifier,
      importDigest: row.import_digest,
      harvested: row.harvested,
      due: row.due,
    }
  )
}

/**
 * Makes the next revision of a locked item, and everything that follows from it in the same transaction: what has come
 * due takes effect, access is derived, its places in collections, the work of the index and on its files follow, and the
 * feed says it if the public may see a difference. The last step of a transaction.
 *
 * @returns the new revision's number.
 */
export async function revise(
  tx: Tx,
  tenant: Tenant,
  item: LockedItem,
  changes: ItemChanges,
  by: { actor: string; change: Change },
): Promise<number> {
  const today = tenant.today()
  const revision = item.revision + 1
  const record = changes.record ?? item.record
  const publicationDate = changes.publicationDate ?? item.publicationDate
  let status = changes.status ?? item.status
  if (status === 'scheduled' && publicationDate <= today) status = 'public'

  await openDueFiles(tx, item.number, today)
  const held = await tx
    .selectFrom('file')
    .select(['id', 'described', 'access', 'until', 'current'])
    .where('item', '=', item.number)
    .orderBy('position')
    .execute()
  const files = held.filter(({ current }) => current)
  const access = itemAccess(files, record, tenant)
  // Given at first publication and kept for good, whatever host the institution moves to.
  const oaiIdentifier = item.oaiIdentifier ?? (status === 'public' ? oaiIdentifierOf(tenant, item.number) : null)
  const stored = { record: JSON.stringify(storableRecord(record)), model_version: MODEL_VERSION }
  const now = new Date()

  const row: Updateable<ItemTable> = {
    ...stored,
    status,
    publication_date: publicationDate,
    access: access.access,
    access_until: access.until,
    revision,
    oai_identifier: oaiIdentifier,
    due: nextDue({ status, publicationDate, accessUntil: access.until }, held),
    updated_at: now,
    ...(changes.statusReason !== undefined && { status_reason: changes.statusReason }),
    ...(changes.importDigest && { import_digest: changes.importDigest }),
    ...(changes.harvested !== undefined && { harvested: changes.harvested }),
  }
  await tx.updateTable('item').set(row).where('number', '=', item.number).execute()
  await tx
    .insertInto('revision')
    .values({
      ...stored,
      item: item.number,
      revision,
      at: now,
      actor: by.actor,
      change: by.change,
      status,
      files: JSON.stringify(files.map(({ id, described }) => (described === null ? { id } : { id, described }))),
    })
    .execute()
  await keepPlaces(tx, { number: item.number, status, publicationDate, record })
  await leaveWork(tx, tenant, item.number, revision)

  // An item that was never public leaves no trace in the feed.
  if (status === 'public') await publish(tx, [item.number], 'public')
  else if (item.status === 'public') await publish(tx, [item.number], 'deleted')
  return revision
}

/** Leaves in the outbox what follows from an item's having reached a revision, however it did. */
export async function leaveWork(tx: Tx, tenant: Tenant, item: number, revision: number): Promise<void> {
  await tx.insertInto('outbox').values({ work: 'index', item, revision }).execute()
  await admitFiles(tx, tenant, item, revision)
  await followFiles(tx, item, revision)
}

/** Ends embargoes whose day has come, also of files that only a version still holds. The date stays. */
async function openDueFiles(tx: Tx, item: number, today: string) {
  await tx
    .updateTable('file')
    .set({ access: 'open' })
    .where('item', '=', item)
    .where('access', '=', 'embargoed')
    .where('until', '<=', today)
    .execute()
}

const oaiIdentifierOf = ({ url }: Tenant, number: number) =>
  `oai:${new URL(url).hostname}:${String(number).padStart(8, '0')}`

/** The number of the item that an OAI identifier would be given to here; nothing if it is not of our own form. */
export function numberInIdentifier(tenant: Tenant, oaiIdentifier: string): number | undefined {
  const number = Number(/:(\d{8})$/.exec(oaiIdentifier)?.[1])
  return number > 0 && oaiIdentifierOf(tenant, number) === oaiIdentifier ? number : undefined
}
