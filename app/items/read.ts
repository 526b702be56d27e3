import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Actor } from '../accounts/index.ts'
import type { Database, Tx } from '../platform/database/index.ts'
import type { FileTable } from '../platform/database/tables.ts'
import { type Record, restoreRecord } from '../records/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { DisseminatedFile, Dissemination, MadeVersion, Tombstone } from './dissemination.ts'
import { may } from './permission.ts'

export const itemUrl = ({ url }: Tenant, number: number) => `${url}/items/${number}`
export const versionUrl = (tenant: Tenant, number: number, version: number) =>
  `${itemUrl(tenant, number)}/versions/${version}`

/** Address of a file's bytes; a version that is not the present one says so in the query. */
const fileUrl = (tenant: Tenant, number: number, name: string, version?: number) =>
  `${itemUrl(tenant, number)}/files/${name.split('/').map(encodeURIComponent).join('/')}${version ? `?version=${version}` : ''}`

export type Reading = { kind: 'item'; item: Dissemination } | { kind: 'tombstone'; tombstone: Tombstone }

/**
 * What an actor may see of an item, or of a version of it. Nothing if there is none, or none that the actor may know
 * of; a tombstone if it was public once and is not any more.
 */
export async function readItem(
  tenant: Tenant,
  actor: Actor,
  number: number,
  version?: number,
): Promise<Reading | undefined> {
  // One snapshot: an edit between two statements must not mix two revisions.
  const snapshot = tenant.db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
  return await snapshot.execute((db) => readFrom(db, tenant, actor, number, version))
}

async function readFrom(
  db: Tx,
  tenant: Tenant,
  actor: Actor,
  number: number,
  version: number | undefined,
): Promise<Reading | undefined> {
  const row = await db.selectFrom('item').selectAll().where('number', '=', number).executeTakeFirst()
  if (!row) return undefined
  if (row.status === 'withdrawn' || row.status === 'deleted') {
    if (!(await wasPublic(db, number))) return undefined
    return {
      kind: 'tombstone',
      tombstone: {
        number,
        url: itemUrl(tenant, number),
        titles: restoreRecord(row.record, row.model_version).titles,
        status: row.status,
        at: row.updated_at,
        ...(row.status_reason !== null && { reason: row.status_reason }),
      },
    }
  }
  if (!may(actor, 'read', row)) return undefined

  const versions = await db
    .selectFrom('version')
    .select(['version', 'revision', 'made_at'])
    .where('item', '=', number)
    .orderBy('version', 'desc')
    .execute()
  const files = await db.selectFrom('file').selectAll().where('item', '=', number).orderBy('position').execute()
  const asMade = ({ version, made_at }: (typeof versions)[number]): MadeVersion => ({
    version,
    madeAt: made_at,
    url: versionUrl(tenant, number, version),
  })

  let record = restoreRecord(row.record, row.model_version)
  let revision = row.revision
  let shown = files.filter(({ current }) => current).map((file) => ({ file, described: file.described }))
  const asked = versions.find((made) => made.version === version)
  if (version !== undefined) {
    if (!asked) return undefined
    const then = await db
      .selectFrom('revision')
      .select(['record', 'model_version', 'files'])
      .where('item', '=', number)
      .where('revision', '=', asked.revision)
      .executeTakeFirstOrThrow()
    record = restoreRecord(then.record, then.model_version)
    revision = asked.revision
    const byId = new Map(files.map((file) => [file.id, file]))
    shown = then.files.flatMap(({ id, described }) => {
      const file = byId.get(id)
      return file ? [{ file, described: described ?? null }] : []
    })
  }

  const today = tenant.today()
  return {
    kind: 'item',
    item: {
      number,
      url: asked ? versionUrl(tenant, number, asked.version) : itemUrl(tenant, number),
      ...(row.oai_identifier !== null && { oaiIdentifier: row.oai_identifier }),
      record,
      files: shown.map(({ file, described }) => {
        const { name, access, until } = file
        // A file that the item still has needs no version in its address.
        const url = file.link ?? fileUrl(tenant, number, name, file.current ? undefined : asked?.version)
        const readable = file.link !== null || may(actor, 'download', { status: row.status, access, until, today })
        return disseminateFile({
          file,
          url,
          readable,
          described: described === null ? undefined : record.files[described],
        })
      }),
      access: { right: row.access, ...(row.access_until !== null && { until: row.access_until }) },
      publicationDate: row.publication_date,
      revision,
      updatedAt: row.updated_at,
      ...(asked && { version: asMade(asked) }),
      versions: versions.map(asMade),
    },
  }
}

function disseminateFile(given: {
  file: Selectable<FileTable>
  url: string
  readable: boolean
  described: Record['files'][number] | undefined
}): DisseminatedFile {
  const { file, url, readable, described } = given
  const type = file.type ?? described?.mimeType
  return {
    name: file.name,
    label: described?.label ?? file.name,
    url,
    access: file.access,
    ...(file.until !== null && { until: file.until }),
    readable,
    ...(described?.objectType && { objectType: described.objectType }),
    ...(type !== undefined && { type }),
    ...(file.size !== null && { size: file.size }),
    ...(file.sha256 && { sha256: file.sha256.toString('hex') }),
    ...(described && { described }),
  }
}

/** Whether an item has ever been public: one that never was leaves no trace. */
async function wasPublic(db: Pick<Database, 'selectFrom'>, number: number): Promise<boolean> {
  const row = await db.selectFrom('publication').select('seq').where('item', '=', number).executeTakeFirst()
  return row !== undefined
}

/** How many items the public may see. */
export async function countPublic({ db }: Tenant): Promise<number> {
  const { count } = await db
    .selectFrom('publication')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('state', '=', 'public')
    .executeTakeFirstOrThrow()
  return count
}

/** A stored file whose bytes an actor may have. */
export interface Download {
  name: string
  object: string
  size: number
  type: string
  sha256: string
}

/**
 * A file of an item (or of a version) for downloading. Nothing if there is none or the actor may not know of it;
 * `refused` if the actor may see that it is there, but not have it.
 */
export async function findDownload(
  tenant: Tenant,
  actor: Actor,
  { number, name, version }: { number: number; name: string; version: number | undefined },
): Promise<{ kind: 'file'; file: Download } | { kind: 'refused'; until?: string } | { kind: 'gone' } | undefined> {
  let query = tenant.db
    .selectFrom('file')
    .innerJoin('item', 'item.number', 'file.item')
    .select(['file.name', 'object', 'size', 'type', 'sha256', 'file.access', 'until', 'status'])
    .where('file.item', '=', number)
    .where('file.name', '=', name)
  if (version === undefined) query = query.where('current', '=', true)
  else
    query = query.where(
      sql<boolean>`exists (
        select from version join revision using (item, revision), jsonb_array_elements(revision.files) as entry
        where version.item = file.item and version.version = ${version} and entry->>'id' = file.id::text)`,
    )
  const row = await query.executeTakeFirst()
  if (!row) return undefined
  const { status, access, until } = row
  if (status === 'withdrawn' || status === 'deleted')
    return (await wasPublic(tenant.db, number)) ? { kind: 'gone' } : undefined
  if (!may(actor, 'read', { status })) return undefined
  if (row.object === null || row.size === null || row.sha256 === null) return undefined
  if (!may(actor, 'download', { status, access, until, today: tenant.today() }))
    return { kind: 'refused', ...(access === 'embargoed' && until !== null && { until }) }
  return {
    kind: 'file',
    file: {
      name: row.name,
      object: row.object,
      size: row.size,
      type: row.type ?? 'application/octet-stream',
      sha256: row.sha256.toString('hex'),
    },
  }
}
