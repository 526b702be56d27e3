import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type Actor, actorName } from '../accounts/index.ts'
import { claimObjects, hashBytes, type StoredBytes, storeBytes } from '../files/index.ts'
import { importedAccess, itemUrl, lockItem, revise } from '../items/index.ts'
import type { Tx } from '../platform/database/index.ts'
import { type Finding, MODEL_VERSION, type Record, storableRecord } from '../records/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { Incoming, IncomingFile, Outcome } from './incoming.ts'
import { matchFiles } from './match-files.ts'

/** A file of the record, with its bytes' hash. */
interface HashedFile {
  name: string
  described: number | null
  sha256: Buffer
  file: IncomingFile
}

const GIB = 2 ** 30

/** Bytes that the institution may still store; a call counts them down. */
export interface StorageRoom {
  bytes: number
}

/** What is left of the institution's storage. */
export async function storageRoom({ db, limits }: Tenant): Promise<StorageRoom> {
  const { used } = await db
    .selectFrom('file')
    .select(({ fn }) => fn.sum<string | null>('size').as('used'))
    .where('object', 'is not', null)
    .executeTakeFirstOrThrow()
  return { bytes: limits.storage * GIB - Number(used ?? 0) }
}

/** Why a record is not taken. */
class Rejection extends Error {
  readonly findings: Finding[]
  constructor(...findings: Finding[]) {
    super(findings[0]?.message)
    this.findings = findings
  }
}

/**
 * Imports a record with its files: makes an item, changes the one of the same source, or finds that nothing changed.
 * It is all there or not at all.
 *
 * @throws whatever keeps the institution's database or objects from working; the record's own faults are an outcome.
 */
export async function importOne(tenant: Tenant, actor: Actor, incoming: Incoming, room: StorageRoom): Promise<Outcome> {
  const { reading } = incoming
  const source = incoming.source ?? null
  const warnings = [...reading.warnings]
  try {
    if (incoming.source === undefined || !reading.record) throw new Rejection(...reading.errors)
    const result = await importRecord(
      tenant,
      actor,
      { ...incoming, source: incoming.source },
      reading.record,
      warnings,
      room,
    )
    return { source, ...result, warnings, errors: [] }
  } catch (error) {
    const rejection = error instanceof Rejection ? error : refusedByDatabase(error)
    if (!rejection) throw error
    return { source, status: 'rejected', warnings, errors: rejection.findings }
  }
}

async function importRecord(
  tenant: Tenant,
  actor: Actor,
  incoming: Incoming & { source: string },
  record: Record,
  warnings: Finding[],
  room: StorageRoom,
): Promise<Pick<Outcome, 'status' | 'item'>> {
  const { source, number, oaiIdentifier, publicationDate } = incoming
  const existing = await tenant.db
    .selectFrom('item')
    .select(['number', 'import_digest', 'oai_identifier'])
    .where('source', '=', source)
    .executeTakeFirst()
  if (existing && number !== undefined && number !== existing.number)
    throw new Rejection(fault('import.number', 'number', `is ${number}, but this source is item ${existing.number}`))
  if (existing && oaiIdentifier !== undefined && oaiIdentifier !== existing.oai_identifier)
    throw new Rejection(
      fault('import.identifier', 'oaiIdentifier', `is ${existing.oai_identifier} already and never changes`),
    )

  const base = existing && `${itemUrl(tenant, existing.number)}/files/`
  const matched = matchFiles(record, incoming.files, base)
  warnings.push(...matched.warnings)
  if (matched.errors.length > 0) throw new Rejection(...matched.errors)
  if (record.accessRights?.term === 'embargoed access' && !record.dates.some(({ type }) => type === 'Available'))
    warnings.push(fault('access.embargo-date', 'dates', 'has no date of type Available: the files stay closed'))

  const files: HashedFile[] = []
  for (const { file, ...rest } of matched.stored)
    files.push({ ...rest, file, sha256: await hashBytes(await file.open()) })
  const digest = createHash('sha256')
    .update(
      JSON.stringify([
        storableRecord(record),
        files.map(({ name, described, sha256 }) => [name, described, sha256.toString('hex')]),
        matched.kept,
        matched.links,
        publicationDate ?? null,
      ]),
    )
    .digest()
  const itemAt = (number: number) => ({ number, url: itemUrl(tenant, number) })
  if (existing?.import_digest?.equals(digest)) return { status: 'unchanged', item: itemAt(existing.number) }

  const stored = await storeNew(tenant, existing?.number, files, record)
  const added = [...stored.values()].reduce((sum, { size }) => sum + size, 0)
  if (added > room.bytes)
    throw new Rejection(
      fault('file.storage', 'files', `would exceed the ${tenant.limits.storage} GiB that this institution may store`),
    )
  const today = tenant.today()
  const outcome = await tenant.db.transaction().execute(async (tx) => {
    const { item, made } = await takeItem(tx, { ...incoming, record, today })
    if (item.importDigest?.equals(digest)) return { status: 'unchanged' as const, item: itemAt(item.number) }
    if (item.status === 'withdrawn' || item.status === 'deleted')
      throw new Rejection(
        fault(`import.${item.status}`, '/', `this source is item ${item.number}, which is ${item.status}`),
      )
    await claimObjects(
      tx,
      [...stored.values()].map(({ object }) => object),
    )
    const access = importedAccess(record, today)
    await writeFiles(tx, { item: item.number, files, stored, access, kept: matched.kept, links: matched.links })
    await revise(
      tx,
      tenant,
      item,
      {
        record,
        importDigest: digest,
        ...(publicationDate !== undefined && { publicationDate, status: 'scheduled' }),
      },
      { actor: actorName(actor), change: 'import' },
    )
    return { status: made ? ('imported' as const) : ('updated' as const), item: itemAt(item.number) }
  })
  room.bytes -= added
  tenant.handOn()
  return outcome
}

/** Stores the bytes of files that the item does not have already; by name. */
async function storeNew(tenant: Tenant, item: number | undefined, files: HashedFile[], record: Record) {
  const current = item === undefined ? [] : await currentFiles(tenant.db, item)
  const stored = new Map<string, StoredBytes>()
  for (const { name, sha256, file, described } of files) {
    if (current.some((known) => known.name === name && known.object !== null && known.sha256?.equals(sha256))) continue
    const claimedType = described === null ? undefined : record.files[described]?.mimeType
    stored.set(name, await storeBytes(tenant, { name, claimedType, bytes: await file.open() }))
  }
  return stored
}

const currentFiles = (db: Pick<Tx, 'selectFrom'>, item: number) =>
  db
    .selectFrom('file')
    .select(['id', 'name', 'sha256', 'object', 'access', 'until', 'decided', 'link'])
    .where('item', '=', item)
    .where('current', '=', true)
    .execute()

/** The item of a source, locked: the one that there is, or a new one that nobody sees before the transaction ends. */
async function takeItem(tx: Tx, wanted: Incoming & { source: string; record: Record; today: string }) {
  const { source, record, today } = wanted
  const found = await lockItem(tx, { source })
  if (found) return { item: found, made: false }

  const number = wanted.number ?? (await nextNumber(tx))
  const publicationDate = wanted.publicationDate ?? today
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('item')
    .values({
      number,
      source,
      status: 'scheduled',
      record: JSON.stringify(storableRecord(record)),
      model_version: MODEL_VERSION,
      access: 'metadata only access',
      publication_date: publicationDate,
      revision: 0,
      oai_identifier: wanted.oaiIdentifier ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows === 0n) {
    // Another call was quicker with this source; otherwise the number or the identifier is another item's.
    const quicker = await lockItem(tx, { source })
    if (quicker) return { item: quicker, made: false }
    throw new Rejection(fault('import.taken', '/', 'the number or OAI identifier belongs to another item'))
  }
  if (wanted.number !== undefined)
    await sql`select setval('item_number', greatest(${number}, (select last_value from item_number)))`.execute(tx)
  const item = await lockItem(tx, { number })
  if (!item) throw new Error(`item ${number} was made and cannot be read`)
  return { item, made: true }
}

/** The next number that no item has: numbers that institutions brought with them may stand in the way. */
async function nextNumber(tx: Tx): Promise<number> {
  for (;;) {
    const { rows } = await sql<{ number: number }>`select nextval('item_number')::integer as number`.execute(tx)
    const number = (rows[0] as { number: number }).number
    if (!(await tx.selectFrom('item').select('number').where('number', '=', number).executeTakeFirst())) return number
  }
}

/** Makes the item's current files those of the record. Files of before stay for the versions that hold them. */
async function writeFiles(
  tx: Tx,
  given: {
    item: number
    files: HashedFile[]
    stored: ReadonlyMap<string, StoredBytes>
    access: ReturnType<typeof importedAccess>
    kept: { name: string; described: number }[]
    links: { url: string; described: number }[]
  },
) {
  const { item, stored, access, links } = given
  const before = new Map((await currentFiles(tx, item)).map((file) => [file.name, file]))
  await tx.updateTable('file').set({ current: false }).where('item', '=', item).where('current', '=', true).execute()

  const wanted = [
    ...given.files.map((file) => ({ ...file, link: null })),
    ...given.kept.map(({ name, described }) => ({ name, described, link: null })),
    ...links.map(({ url, described }) => ({ name: url, described, link: url })),
  ].sort((a, b) => (a.described ?? Number.MAX_SAFE_INTEGER) - (b.described ?? Number.MAX_SAFE_INTEGER))

  const names = new Set<string>()
  for (const [position, { name, described, link }] of wanted.entries()) {
    if (names.has(name)) continue
    names.add(name)
    const known = before.get(name)
    const bytes = stored.get(name)
    // Staff's choice of access outlives what later imports say.
    const rights = known?.decided
      ? { access: known.access, until: known.until }
      : link === null
        ? access
        : { access: 'link' as const, until: null }
    if (known && !bytes && (known.link !== null) === (link !== null)) {
      await tx
        .updateTable('file')
        .set({ current: true, position, described, ...rights })
        .where('id', '=', known.id)
        .execute()
      continue
    }
    if (link === null && !bytes)
      throw new Rejection(fault('file.missing', 'files', `this item has no file named ${name}`))
    await tx
      .insertInto('file')
      .values({
        id: crypto.randomUUID(),
        item,
        name,
        position,
        current: true,
        described,
        ...rights,
        decided: known?.decided ?? false,
        link,
        object: bytes?.object ?? null,
        size: bytes?.size ?? null,
        type: bytes?.type ?? null,
        sha256: bytes?.sha256 ?? null,
      })
      .execute()
  }
}

/**
 * A record that the database takes exception to is that record's fault alone: PostgreSQL's classes 22 (data), 23
 * (integrity) and 54 (limits).
 */
function refusedByDatabase(error: unknown): Rejection | undefined {
  const { code, message } = error as { code?: unknown; message: string }
  if (code === '23505')
    return new Rejection(fault('import.taken', '/', 'the number or OAI identifier belongs to another item'))
  if (typeof code === 'string' && /^(22|23|54)...$/.test(code))
    return new Rejection(fault('import.refused', '/', message))
  return undefined
}

const fault = (rule: string, path: string, message: string): Finding => ({ rule, path, message })
