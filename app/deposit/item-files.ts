import { sql } from 'kysely'
import { type StoredBytes, storeBytes } from '../files/index.ts'
import type { importedAccess } from '../items/index.ts'
import type { Tx } from '../platform/database/index.ts'
import type { Record } from '../records/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { IncomingFile } from './incoming.ts'
import { fault, Rejection } from './rejection.ts'

/** A file that came with a record, measured. */
export interface MeasuredFile {
  name: string
  described: number | null
  sha256: Buffer
  size: number
  file: IncomingFile
}

/** The item's files are not those that an import was prepared for. */
export class Changed extends Error {
  override name = 'Changed'
}

/** Days for which the bytes of a replaced file can still be found by an operator. */
const REPLACED_KEPT = 30

/** Files whose bytes the item does not have already. */
export async function newFiles(
  tenant: Tenant,
  item: number | undefined,
  files: MeasuredFile[],
): Promise<MeasuredFile[]> {
  if (item === undefined || files.length === 0) return files
  const current = new Map((await currentFiles(tenant.db, item)).map((file) => [file.name, file]))
  return files.filter(({ name, sha256 }) => !holds(current.get(name), sha256))
}

/** Stores the bytes of files; by name. */
export async function storeFiles(
  tenant: Tenant,
  files: MeasuredFile[],
  record: Record,
): Promise<Map<string, StoredBytes>> {
  const stored = new Map<string, StoredBytes>()
  for (const { name, file, described } of files) {
    const claimedType = described === null ? undefined : record.files[described]?.mimeType
    stored.set(name, await storeBytes(tenant, { name, claimedType, bytes: await file.open() }))
  }
  return stored
}

const holds = (known: { object: string | null; sha256: Buffer | null } | undefined, sha256: Buffer) =>
  known !== undefined && known.object !== null && known.sha256?.equals(sha256) === true

const currentFiles = (db: Pick<Tx, 'selectFrom'>, item: number) =>
  db
    .selectFrom('file')
    .select(['id', 'name', 'sha256', 'object', 'access', 'until', 'decided', 'link'])
    .where('item', '=', item)
    .where('current', '=', true)
    .execute()

/**
 * Makes the item's current files those of the record. Files of before stay for the versions that hold them; the bytes
 * of others are removed after a while.
 *
 * @returns names of files that the item has no more.
 * @throws Changed if a file that was not stored anew is another one by now.
 */
export async function writeFiles(
  tx: Tx,
  given: {
    item: number
    /** Whether the item is new and so has no files yet. */
    made: boolean
    files: MeasuredFile[]
    stored: ReadonlyMap<string, StoredBytes>
    access: ReturnType<typeof importedAccess>
    kept: { name: string; described: number }[]
    links: { url: string; described: number }[]
  },
): Promise<string[]> {
  const { item, made, stored, access, links } = given
  const before = new Map(made ? [] : (await currentFiles(tx, item)).map((file) => [file.name, file]))
  if (before.size > 0)
    await tx.updateTable('file').set({ current: false }).where('item', '=', item).where('current', '=', true).execute()

  const wanted = [
    ...given.files.map((file) => ({ ...file, link: null })),
    ...given.kept.map((file) => ({ ...file, sha256: null, link: null })),
    ...links.map(({ url, described }) => ({ name: url, described, sha256: null, link: url })),
  ].sort((a, b) => (a.described ?? Number.MAX_SAFE_INTEGER) - (b.described ?? Number.MAX_SAFE_INTEGER))

  const names = new Set<string>()
  for (const [position, { name, described, sha256, link }] of wanted.entries()) {
    if (names.has(name)) continue
    names.add(name)
    const known = before.get(name)
    const bytes = stored.get(name)
    // Staff's choice of access outlives what later imports say.
    const rights =
      link !== null
        ? { access: 'link' as const, until: null }
        : known?.decided
          ? { access: known.access, until: known.until }
          : access
    if (sha256 && !bytes && !holds(known, sha256)) throw new Changed()
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
  if (before.size > 0) await releaseReplaced(tx, item)
  return [...before].filter(([name, { link }]) => link === null && !names.has(name)).map(([name]) => name)
}

/** Gives up the bytes of files that neither the item nor a version of it holds. */
async function releaseReplaced(tx: Tx, item: number) {
  await sql`
    with replaced as (
      update file set object = null
      from file as held
      where file.id = held.id and held.item = ${item} and not held.current and held.object is not null
        and not exists (
          select from version join revision using (item, revision), jsonb_array_elements(revision.files) as entry
          where version.item = ${item} and entry->>'id' = held.id::text)
      returning held.object
    )
    insert into unclaimed_object (object, remove_after)
    select object, now() + make_interval(days => ${REPLACED_KEPT}) from replaced`.execute(tx)
}
