import { sql } from 'kysely'
import type { Actor } from '../accounts/index.ts'
import type { Database, Tx } from '../platform/database/index.ts'
import { restoreRecord } from '../records/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import { disseminate, disseminateVersion, itemUrl } from './disseminate.ts'
import type { Dissemination, Tombstone } from './dissemination.ts'
import { may } from './permission.ts'
import { CHANGED } from './public.ts'

export type Reading =
  | {
      kind: 'item'
      item: Dissemination
      /** When what the public sees of it changed the last time; nothing while it sees nothing. */
      changed?: Date
    }
  | { kind: 'tombstone'; tombstone: Tombstone }

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
  const found = await db
    .selectFrom('item')
    .leftJoin('publication', 'publication.item', 'item.number')
    .selectAll('item')
    .select(CHANGED.as('changed'))
    .where('number', '=', number)
    .executeTakeFirst()
  if (!found) return undefined
  const { changed, ...row } = found
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
    .selectAll()
    .where('item', '=', number)
    .orderBy('version', 'desc')
    .execute()
  const files = await db.selectFrom('file').selectAll().where('item', '=', number).orderBy('position').execute()
  const seen = changed === null || row.status !== 'public' ? {} : { changed }
  if (version === undefined)
    return { kind: 'item', item: disseminate(tenant, actor, { row, files, versions }), ...seen }

  const made = versions.find((each) => each.version === version)
  if (!made) return undefined
  const then = await db
    .selectFrom('revision')
    .select(['record', 'model_version', 'files'])
    .where('item', '=', number)
    .where('revision', '=', made.revision)
    .executeTakeFirstOrThrow()
  return { kind: 'item', item: disseminateVersion(tenant, actor, { row, files, versions }, { made, then }), ...seen }
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
  /** When it came here. */
  createdAt: Date
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
    .select(['file.name', 'object', 'size', 'type', 'sha256', 'file.access', 'until', 'status', 'file.created_at'])
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
      createdAt: row.created_at,
    },
  }
}
