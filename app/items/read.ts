import { sql } from 'kysely'
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres'
import type { Actor } from '../accounts/index.ts'
import { type CollectionName, pathsOf } from '../collections/paths.ts'
import { type Database, mayLag, type ScanState } from '../platform/database/index.ts'
import { kept } from '../platform/kept.ts'
import { restoreRecord } from '../records/index.ts'
import type { Uses } from '../statistics/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import { disseminate, disseminateVersion, itemUrl } from './disseminate.ts'
import type { Dissemination, Tombstone } from './dissemination.ts'
import { isPassed, may, readableCollections } from './permission.ts'
import { CHANGED } from './public.ts'

export type Reading =
  | {
      kind: 'item'
      item: Dissemination
      /** When what the public sees of it changed the last time; nothing while it sees nothing. */
      changed?: Date
      uses: Uses
      /** The collections that it lies in and the actor may see, each with those above it, from the top on. */
      paths: CollectionName[][]
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
  const stored = await readStored(tenant, actor, number, version)
  if (!stored) return undefined
  const { row, then, changed, uses, paths } = stored
  if (row.status === 'withdrawn' || row.status === 'deleted') {
    if (!stored.wasPublic) return undefined
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
  const seen = { uses, paths, ...(changed !== null && row.status === 'public' && { changed }) }
  if (version === undefined) return { kind: 'item', item: disseminate(tenant, actor, stored), ...seen }

  const made = stored.versions.find((each) => each.version === version)
  if (!made || !then) return undefined
  return { kind: 'item', item: disseminateVersion(tenant, actor, stored, { made, then }), ...seen }
}

/**
 * All that is kept of an item, and what a version of it was made from. One statement, and so one snapshot: an edit
 * between two must not mix two revisions.
 */
async function readStored({ db }: Tenant, actor: Actor, number: number, version: number | undefined) {
  const query = db
    .selectFrom('item')
    .leftJoin('publication', 'publication.item', 'item.number')
    .leftJoin('item_use', 'item_use.item', 'item.number')
    .selectAll('item')
    .select([
      'publication.seq',
      'views',
      'downloads',
      pathsOf(number, readableCollections(actor)).as('paths'),
      CHANGED.as('changed'),
      jsonArrayFrom(
        db
          .selectFrom('version')
          .select(['item', 'version', 'revision', 'made_at', 'actor'])
          .where('item', '=', number)
          .orderBy('version', 'desc'),
      ).as('versions'),
      jsonArrayFrom(
        db
          .selectFrom('file')
          .leftJoin('scan', 'scan.sha256', 'file.sha256')
          .select(['id', 'name', 'current', 'access', 'until', 'link', 'size', 'type', 'described'])
          .select(['state as scan', 'finding', 'turns'])
          // JSON has no bytes.
          .select(sql<string | null>`encode(file.sha256, 'hex')`.as('sha256'))
          .where('item', '=', number)
          .orderBy('position'),
      ).as('files'),
      jsonObjectFrom(
        db
          .selectFrom('version')
          .innerJoin('revision', (both) =>
            both.onRef('revision.item', '=', 'version.item').onRef('revision.revision', '=', 'version.revision'),
          )
          .select(['revision.record', 'revision.model_version', 'revision.files'])
          .where('version.item', '=', number)
          .where('version.version', '=', version ?? 0),
      ).as('then'),
    ])
    .where('number', '=', number)
  const [found] = await query.execute()
  if (!found) return undefined
  const { seq, changed, views, downloads, paths, then, versions, files, ...row } = found
  return {
    row,
    /** One that never was leaves no trace. */
    wasPublic: seq !== null,
    changed,
    uses: { views: views ?? 0, downloads: downloads ?? 0 },
    paths,
    then,
    versions: versions.map((made) => ({ ...made, made_at: new Date(made.made_at) })),
    files: files.map((file) => ({ ...file, sha256: file.sha256 === null ? null : Buffer.from(file.sha256, 'hex') })),
  }
}

/** What says that an item has ever been public: one that never was leaves no trace. */
const publicationOf = (db: Pick<Database, 'selectFrom'>, number: number) =>
  db.selectFrom('publication').select('seq').where('item', '=', number)

/** Milliseconds for which a number of items is kept: it needs a look at all of them. */
const COUNT_KEPT = 10_000

/** How many items the public may see, or might a few seconds ago. */
export const countPublic = kept(COUNT_KEPT, async ({ db }: Tenant): Promise<number> => {
  const query = db
    .selectFrom('publication')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('state', '=', 'public')
  const { rows } = await mayLag(query).execute(db)
  return (rows[0] as { count: number }).count
})

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

export type FoundFile =
  | { kind: 'file'; file: Download }
  | { kind: 'held'; scan: ScanState }
  | { kind: 'refused'; until?: string }
  | { kind: 'gone' }

/**
 * A file of an item (or of a version) for downloading. Nothing if there is none or the actor may not know of it;
 * `refused` if the actor may see that it is there, but not have it; `held` if nobody may have it before it has passed
 * the scan for viruses.
 */
export async function findDownload(
  tenant: Tenant,
  actor: Actor,
  { number, name, version }: { number: number; name: string; version: number | undefined },
): Promise<FoundFile | undefined> {
  let query = tenant.db
    .selectFrom('file')
    .innerJoin('item', 'item.number', 'file.item')
    .leftJoin('scan', 'scan.sha256', 'file.sha256')
    .select(['file.name', 'object', 'size', 'type', 'file.sha256', 'file.access', 'until', 'status', 'file.created_at'])
    .select('scan.state as scan')
    .where('file.item', '=', number)
    .where('file.name', '=', name)
  if (version === undefined) query = query.where('current', '=', true)
  else
    query = query.where(
      sql<boolean>`exists (
        select from version join revision using (item, revision), jsonb_array_elements(revision.files) as entry
        where version.item = file.item and version.version = ${version} and entry->>'id' = file.id::text)`,
    )
  const [row] = await query.execute()
  if (!row) return undefined
  const { status, access, until, scan } = row
  if (status === 'withdrawn' || status === 'deleted')
    return (await publicationOf(tenant.db, number).executeTakeFirst()) ? { kind: 'gone' } : undefined
  if (!may(actor, 'read', { status })) return undefined
  if (row.object === null || row.size === null || row.sha256 === null) return undefined
  if (scan === 'infected' && !may(actor, 'write')) return undefined
  // Who may not have it anyway learns nothing of the scan.
  if (!may(actor, 'download', { status, access, until, today: tenant.today(), scan: 'clean' }))
    return { kind: 'refused', ...(access === 'embargoed' && until !== null && { until }) }
  if (!isPassed(scan)) return { kind: 'held', scan: scan ?? 'waiting' }
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
