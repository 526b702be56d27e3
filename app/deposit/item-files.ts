import { type Insertable, sql } from 'kysely'
import { type StoredBytes, storeBytes } from '../files/index.ts'
import type { importedAccess } from '../items/index.ts'
import type { Tx } from '../platform/database/index.ts'
import type { FileTable } from '../platform/database/tables.ts'
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

/** A file that an item has. */
type CurrentFile = Awaited<ReturnType<typeof currentFiles>>[number]

/** Whether it is a file with these bytes. */
export const holds = (known: Pick<CurrentFile, 'object' | 'sha256'> | undefined, sha256: Buffer) =>
  known !== undefined && known.object !== null && known.sha256?.equals(sha256) === true

/** The files that an item has, in their order. */
export const currentFiles = (db: Pick<Tx, 'selectFrom'>, item: number) =>
  db
    .selectFrom('file')
    .select(['id', 'name', 'position', 'described', 'sha256', 'object', 'access', 'until', 'decided', 'link'])
    .where('item', '=', item)
    .where('current', '=', true)
    .orderBy('position')
    .execute()

/** A file that an item is to have. */
export interface WantedFile {
  name: string
  /** Index of the record's entry that describes it. */
  described: number | null
  /** SHA-256 of its bytes, where the item may have to have them already. */
  sha256?: Buffer
  /** Where it leads, if it lies elsewhere. */
  link?: string
}

/**
 * Makes the item's current files those that are wanted, in the order of the record's entries; what it does not describe
 * comes last, in the order given. Files of before stay for the versions that hold them; the bytes of others are removed
 * after a while.
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
    wanted: WantedFile[]
    /** Bytes that are new, by name. */
    stored: ReadonlyMap<string, StoredBytes>
    access: ReturnType<typeof importedAccess>
  },
): Promise<string[]> {
  const { item, made, stored, access } = given
  const before = new Map(made ? [] : (await currentFiles(tx, item)).map((file) => [file.name, file]))
  const last = Number.MAX_SAFE_INTEGER
  const inOrder = given.wanted.toSorted((a, b) => (a.described ?? last) - (b.described ?? last))
  // Of two of one name, the first.
  const wanted = [...Map.groupBy(inOrder, ({ name }) => name).values()].map(([first]) => first as WantedFile)

  const staying = new Set<string>()
  const added: Insertable<FileTable>[] = []
  for (const [position, { name, described, sha256, link = null }] of wanted.entries()) {
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
      staying.add(known.id)
      await update(tx, known, { position, described, ...rights })
      continue
    }
    if (link === null && !bytes)
      throw new Rejection(fault('file.missing', 'files', `this item has no file named ${name}`))
    added.push({
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
  }
  const gone = [...before.values()].filter(({ id }) => !staying.has(id))
  // Before those that take their names.
  if (gone.length > 0)
    await sql`update file set current = false where id = any (${gone.map(({ id }) => id)}::uuid[])`.execute(tx)
  for (const file of added) await tx.insertInto('file').values(file).execute()
  if (gone.length > 0) await releaseReplaced(tx, item)
  const names = new Set(wanted.map(({ name }) => name))
  return gone.flatMap(({ name, link }) => (link === null && !names.has(name) ? name : []))
}

/** What is as it was costs no statement: an item may have thousands of files, of which one changes. */
async function update(
  tx: Tx,
  known: CurrentFile,
  now: Pick<CurrentFile, 'position' | 'described' | 'access' | 'until'>,
) {
  const { position, described, access, until } = known
  if (position === now.position && described === now.described && access === now.access && until === now.until) return
  await tx.updateTable('file').set(now).where('id', '=', known.id).execute()
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
