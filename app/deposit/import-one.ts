import { createHash } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import { type Actor, actorName } from '../accounts/index.ts'
import { holdTree, place } from '../collections/index.ts'
import { measureBytes } from '../files/index.ts'
import { entryOf, importedAccess, itemQuality, itemUrl, revise } from '../items/index.ts'
import type { ItemTable } from '../platform/database/tables.ts'
import { Problem } from '../platform/problem.ts'
import { bounded, type Finding, type Record, storableRecord } from '../records/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import { holdsAddresses, readFormerAddresses, writeFormerAddresses } from './former-addresses.ts'
import type { Incoming, Outcome } from './incoming.ts'
import { Changed, type MeasuredFile, newFiles, writeFiles } from './item-files.ts'
import { forGood, type Manner } from './manner.ts'
import { type MatchedFiles, matchFiles } from './match-files.ts'
import { fault, Rejection, refusedByDatabase } from './rejection.ts'
import type { StorageRoom } from './storage-room.ts'
import { takeItem } from './take-item.ts'
import { mustTakeImports, withdrawDeleted } from './withdrawal.ts'

/**
 * Imports a record with its files: makes an item, changes the one of the same source, or finds that nothing changed.
 * It is all there or not at all.
 *
 * @throws whatever keeps the institution's database or objects from working; the record's own faults are an outcome.
 */
export async function importOne(
  tenant: Tenant,
  actor: Actor,
  incoming: Incoming,
  room: StorageRoom,
  manner: Manner = forGood,
): Promise<Outcome> {
  const { reading } = incoming
  const source = incoming.source ?? null
  const warnings = [...reading.warnings]
  try {
    if (incoming.source !== undefined && incoming.harvested?.deleted)
      return {
        source,
        ...(await withdrawDeleted(tenant, actor, incoming.source, manner)),
        warnings,
        errors: [],
      }
    if (incoming.source === undefined || !reading.record) throw new Rejection(...reading.errors)
    const result = await importRecord(
      tenant,
      actor,
      { ...incoming, source: incoming.source },
      reading.record,
      warnings,
      room,
      manner,
    )
    return { source, ...result, warnings, errors: [] }
  } catch (error) {
    // Another import of this source was quicker with other files: what was compared does not hold any more.
    if (error instanceof Changed) return await importOne(tenant, actor, incoming, room, manner)
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
  manner: Manner,
): Promise<Pick<Outcome, 'status' | 'item'>> {
  const { source, number, oaiIdentifier, publicationDate, collections } = incoming
  const { rows } = await sql<
    Pick<Selectable<ItemTable>, 'number' | 'status' | 'import_digest' | 'harvested' | 'oai_identifier'>
  >`select number, status, import_digest, harvested, oai_identifier
    from item where source = ${source}`.execute(tenant.db)
  const [existing] = rows
  if (existing && number !== undefined && number !== existing.number)
    throw new Rejection(fault('import.number', 'number', `is ${number}, but this source is item ${existing.number}`))
  if (existing && oaiIdentifier !== undefined && oaiIdentifier !== existing.oai_identifier)
    throw new Rejection(
      fault('import.identifier', 'oaiIdentifier', `is ${existing.oai_identifier} already and never changes`),
    )
  if (existing) await mustTakeImports(tenant.db, existing, incoming)

  const base = existing && `${itemUrl(tenant, existing.number)}/files/`
  const matched = matchFiles(record, incoming.files, base)
  warnings.push(...bounded(matched.warnings))
  if (matched.errors.length > 0) throw new Rejection(...bounded(matched.errors))
  const held = [...matched.stored, ...matched.kept].map(({ described }) => entryOf(record, described))
  warnings.push(...itemQuality(tenant, record, held))

  const addresses = readFormerAddresses(
    incoming.formerAddresses,
    new Set([...matched.stored, ...matched.kept].map(({ name }) => name)),
  )

  const files: MeasuredFile[] = []
  for (const matching of matched.stored) files.push({ ...matching, ...(await measure(matching)) })
  const digest = digestOf(record, files, matched, incoming)
  const itemAt = (number: number) => ({ number, url: itemUrl(tenant, number) })
  const earlier = manner.earlier(source)
  if (earlier?.digest?.equals(digest))
    return { status: 'unchanged', ...(existing && { item: itemAt(existing.number) }) }
  if (
    !earlier &&
    existing?.status !== 'withdrawn' &&
    existing?.import_digest?.equals(digest) &&
    (await holdsAddresses(tenant.db, existing.number, addresses))
  )
    return { status: 'unchanged', item: itemAt(existing.number) }

  const added = await newFiles(tenant, existing?.number, files)
  const bytes = added.reduce((sum, { size }) => sum + size, 0)
  // Where more is stored than may be, what adds nothing is welcome.
  if (bytes > 0 && bytes > room.bytes)
    throw new Rejection(
      fault('file.storage', 'files', `would exceed the ${tenant.limits.storage} GiB that this institution may store`),
    )
  const stored = await manner.store(tenant, added, record)
  let skip: number | undefined
  const outcome = await manner.transaction(tenant, async (tx) => {
    if (collections || incoming.firstCollections) await holdTree(tx)
    const { item, made, brought } = await takeItem(tx, tenant, incoming, record, manner)
    const same = item.importDigest?.equals(digest) && (await holdsAddresses(tx, item.number, addresses))
    if (same && !earlier && item.status !== 'withdrawn')
      return { status: 'unchanged' as const, item: itemAt(item.number) }
    await mustTakeImports(tx, item, incoming)
    await manner.claim(
      tx,
      [...stored.values()].map(({ object }) => object),
    )
    const access = importedAccess(record, tenant)
    const links = matched.links.map(({ url, described }) => ({ name: url, described, link: url }))
    const wanted = [...files, ...matched.kept, ...links]
    const removed = await writeFiles(tx, { item: item.number, made, wanted, stored, access })
    const lost = removed.map((name) =>
      fault('file.removed', 'files', `${name} is not part of this import any more and was removed`),
    )
    warnings.push(...bounded(lost))
    const placings = collections ?? (made ? incoming.firstCollections : undefined)
    if (placings) await place(tx, item, placings).catch(rejectPlacing)
    await writeFormerAddresses(tx, item.number, addresses, manner.holderOf)
    const { number, oaiIdentifier } = item
    if (brought) skip = number
    // Only a trial makes an item of a source twice, and no number is given by it.
    const again = made && earlier !== undefined
    const status = made && !again ? ('imported' as const) : ('updated' as const)
    const done = { status, ...(!again && { item: itemAt(number) }) }
    await manner.settle(tx, { source, ...done, warnings, errors: [] }, { number, oaiIdentifier, addresses, digest })
    await revise(
      tx,
      tenant,
      item,
      {
        record,
        importDigest: digest,
        harvested: incoming.harvested !== undefined,
        ...(item.status === 'withdrawn' && { status: 'scheduled', statusReason: null }),
        ...(publicationDate !== undefined && { publicationDate, status: 'scheduled' }),
      },
      { actor: actorName(actor), change: 'import' },
    )
    return done
  })
  // A number that comes to nothing must not move those of others.
  if (skip !== undefined) await manner.skipNumber(tenant, skip)
  room.bytes -= bytes
  return outcome
}

/** A hash of all that an import says: equal ones say the same. */
function digestOf(
  record: Record,
  files: MeasuredFile[],
  { kept, links }: MatchedFiles,
  { publicationDate, collections, harvested }: Incoming,
): Buffer {
  const named = files.map(({ name, described, sha256 }) => [name, described, sha256.toString('hex')])
  const said = [
    storableRecord(record),
    named,
    kept,
    links,
    publicationDate ?? null,
    ...(collections ? [collections] : []),
    // Who imports what came by harvesting makes it their own, also where the record is the same.
    ...(harvested ? ['harvested'] : []),
  ]
  return createHash('sha256').update(JSON.stringify(said)).digest()
}

/** Reads a file that came along once, before anything is stored: what cannot be read is the record's fault alone. */
async function measure({ name, file }: MatchedFiles['stored'][number]) {
  try {
    return await measureBytes(await file.open())
  } catch (error) {
    throw new Rejection(fault('file.unreadable', 'files', `${name} cannot be unpacked: ${(error as Error).message}`))
  }
}

/** A collection that is not there is the record's own fault. */
function rejectPlacing(error: unknown): never {
  throw error instanceof Problem ? new Rejection(fault('import.collections', 'collections', error.message)) : error
}
