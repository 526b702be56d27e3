import type { Selectable } from 'kysely'
import type { Actor } from '../accounts/index.ts'
import type { FileTable, ItemTable, RevisionTable, ScanTable, VersionTable } from '../platform/database/tables.ts'
import { type Record, restoreRecord } from '../records/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { DisseminatedFile, Dissemination, MadeVersion } from './dissemination.ts'
import { isPassed, may } from './permission.ts'

export const itemUrl = ({ url }: Tenant, number: number) => `${url}/items/${number}`
export const versionUrl = (tenant: Tenant, number: number, version: number) =>
  `${itemUrl(tenant, number)}/versions/${version}`

/** Address of a file's bytes; a version that is not the present one says so in the query. */
export const fileUrl = (tenant: Tenant, number: number, name: string, version?: number) =>
  `${itemUrl(tenant, number)}/files/${name.split('/').map(encodeURIComponent).join('/')}${version ? `?version=${version}` : ''}`

type StoredFile = Pick<
  Selectable<FileTable>,
  'id' | 'name' | 'current' | 'access' | 'until' | 'link' | 'size' | 'type' | 'described' | 'sha256'
> &
  Scanned

/** What is known of a file's contents; of a link, nothing. */
export type Scanned = { scan: ScanTable['state'] | null; finding: string | null; turns: number | null }

/** What the database holds of an item that the actor may read, from one snapshot. */
export interface StoredItem {
  row: Selectable<ItemTable>
  /** All of its files in their order, also those that only a version holds. */
  files: StoredFile[]
  /** The newest first. */
  versions: Selectable<VersionTable>[]
}

/** What an actor may see of an item as it stands. */
export function disseminate(tenant: Tenant, actor: Actor, stored: StoredItem): Dissemination {
  const { row, files } = stored
  const record = restoreRecord(row.record, row.model_version)
  const shown = files.filter(({ current }) => current).map((file) => ({ file, described: file.described }))
  return {
    ...common(tenant, stored),
    url: itemUrl(tenant, row.number),
    record,
    ...disseminateFiles(tenant, actor, row, shown, record),
    revision: row.revision,
  }
}

/** What an actor may see of a version of an item. */
export function disseminateVersion(
  tenant: Tenant,
  actor: Actor,
  stored: StoredItem,
  version: {
    made: Selectable<VersionTable>
    then: Pick<Selectable<RevisionTable>, 'record' | 'model_version' | 'files'>
  },
): Dissemination {
  const { row, files } = stored
  const { made, then } = version
  const record = restoreRecord(then.record, then.model_version)
  const byId = new Map(files.map((file) => [file.id, file]))
  const shown = then.files.flatMap(({ id, described }) => {
    const file = byId.get(id)
    return file ? [{ file, described: described ?? null }] : []
  })
  return {
    ...common(tenant, stored),
    url: versionUrl(tenant, row.number, made.version),
    record,
    ...disseminateFiles(tenant, actor, row, shown, record, made.version),
    revision: made.revision,
    version: asMade(tenant, made),
  }
}

const common = (tenant: Tenant, { row, versions }: StoredItem) => ({
  number: row.number,
  ...(row.oai_identifier !== null && { oaiIdentifier: row.oai_identifier }),
  access: { right: row.access, ...(row.access_until !== null && { until: row.access_until }) },
  publicationDate: row.publication_date,
  updatedAt: row.updated_at,
  versions: versions.map((made) => asMade(tenant, made)),
})

const asMade = (tenant: Tenant, { item, version, made_at }: Selectable<VersionTable>): MadeVersion => ({
  version,
  madeAt: made_at,
  url: versionUrl(tenant, item, version),
})

interface ShownFile {
  file: StoredFile
  /** Index in the record's `files` of the entry that describes it. */
  described: number | null
}

/** The files that have passed the scan for viruses, and those that are held. Readers do not know of one that is infected. */
function disseminateFiles(
  tenant: Tenant,
  actor: Actor,
  row: Selectable<ItemTable>,
  shown: ShownFile[],
  record: Record,
  version?: number,
): Pick<Dissemination, 'files' | 'held' | 'scans'> {
  const isFree = ({ file: { link, scan } }: ShownFile) => link !== null || isPassed(scan)
  const isKnown = ({ file: { scan } }: ShownFile) => scan !== 'infected' || may(actor, 'write')
  const disseminated = (some: ShownFile[]) =>
    some.map((each) => disseminateFile(tenant, actor, row, each, record, version))
  return {
    files: disseminated(shown.filter(isFree)),
    held: disseminated(shown.filter((each) => !isFree(each) && isKnown(each))),
    scans: shown.reduce((sum, { file }) => sum + (file.turns ?? 0), 0),
  }
}

function disseminateFile(
  tenant: Tenant,
  actor: Actor,
  { number, status }: Selectable<ItemTable>,
  { file, described: index }: ShownFile,
  record: Record,
  version?: number,
): DisseminatedFile {
  const { name, access, until, link, scan } = file
  const described = index === null ? undefined : record.files[index]
  const type = file.type ?? described?.mimeType
  return {
    name,
    label: described?.label ?? name,
    // A file that the item still has needs no version in its address.
    url: link ?? fileUrl(tenant, number, name, file.current ? undefined : version),
    access,
    ...(until !== null && { until }),
    readable: link !== null || may(actor, 'download', { status, access, until, scan, today: tenant.today() }),
    ...(described?.objectType && { objectType: described.objectType }),
    ...(type !== undefined && { type }),
    ...(file.size !== null && { size: file.size }),
    ...(file.sha256 && { sha256: file.sha256.toString('hex') }),
    ...(link === null && scanFor(actor, file)),
    ...(described && { described }),
  }
}

/** Staff know what there is to know, of what has been looked at; others, that a file waits. */
function scanFor(actor: Actor, { scan, finding }: StoredFile): Pick<DisseminatedFile, 'scan' | 'finding'> {
  if (scan === 'unseen') return {}
  if (may(actor, 'write')) return { scan: scan ?? 'waiting', ...(finding !== null && { finding }) }
  return isPassed(scan) ? {} : { scan: 'waiting' }
}
