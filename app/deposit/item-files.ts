import { type StoredBytes, storeBytes } from '../files/index.ts'
import type { importedAccess } from '../items/index.ts'
import type { Tx } from '../platform/database/index.ts'
import type { Record } from '../records/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { IncomingFile } from './incoming.ts'
import { fault, Rejection } from './rejection.ts'

/** A file of the record, with its bytes' hash. */
export interface HashedFile {
  name: string
  described: number | null
  sha256: Buffer
  file: IncomingFile
}

/** Stores the bytes of files that the item does not have already; by name. */
export async function storeNew(tenant: Tenant, item: number | undefined, files: HashedFile[], record: Record) {
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

/** Makes the item's current files those of the record. Files of before stay for the versions that hold them. */
export async function writeFiles(
  tx: Tx,
  given: {
    item: number
    /** Whether the item is new and so has no files yet. */
    made: boolean
    files: HashedFile[]
    stored: ReadonlyMap<string, StoredBytes>
    access: ReturnType<typeof importedAccess>
    kept: { name: string; described: number }[]
    links: { url: string; described: number }[]
  },
) {
  const { item, made, stored, access, links } = given
  const before = new Map(made ? [] : (await currentFiles(tx, item)).map((file) => [file.name, file]))
  if (before.size > 0)
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
