import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { FileAccess } from '../../items/dissemination.ts'
import type { ItemSummary } from '../../items/summary.ts'
import type { AccessRight } from '../../records/vocabularies.ts'
import type { Settings } from '../../tenancy/schema.ts'

/** The tables of an institution's database, as the migrations leave them. Days are text, `YYYY-MM-DD`. */
export interface Tables {
  settings: SettingsTable
  token: TokenTable
  item: ItemTable
  revision: RevisionTable
  version: VersionTable
  file: FileTable
  unclaimed_object: UnclaimedObjectTable
  publication: PublicationTable
  outbox: OutboxTable
  search_document: SearchDocumentTable
}

/** A timestamp that the database sets when nothing else is said. */
type Moment = ColumnType<Date, Date | undefined, Date>
type Json<T extends object> = JSONColumnType<T>

interface SettingsTable {
  single: Generated<true>
  value: Json<Settings>
}

interface TokenTable {
  id: Generated<string>
  hash: Buffer
  scopes: string[]
  created_at: Moment
  revoked_at: Date | null
}

/**
 * `scheduled`: its publication date lies ahead. `public`: readers see it. `withdrawn` and `deleted`: a tombstone is
 * left; a withdrawn item can be restored.
 */
export type ItemStatus = 'scheduled' | 'public' | 'withdrawn' | 'deleted'

export interface ItemTable {
  number: number
  source: string | null
  status: ItemStatus
  status_reason: string | null
  record: Json<object>
  model_version: number
  access: AccessRight
  access_until: string | null
  publication_date: string
  revision: number
  oai_identifier: string | null
  import_digest: Buffer | null
  due: string | null
  created_at: Moment
  updated_at: Moment
}

/** How a revision came about. */
export type Change = 'import' | 'edit' | 'time' | 'withdraw' | 'restore' | 'delete'

interface RevisionTable {
  item: number
  revision: number
  at: Moment
  actor: string
  change: Change
  status: ItemStatus
  record: Json<object>
  model_version: number
  /** The files as they stood, in order. Their access is the files' own, now. */
  files: Json<{ id: string; described?: number }[]>
}

interface VersionTable {
  item: number
  version: number
  revision: number
  made_at: Moment
  actor: string
}

export interface FileTable {
  id: string
  item: number
  name: string
  position: number
  /** Whether it belongs to the item as it stands; an earlier one stays for the versions that hold it. */
  current: boolean
  access: FileAccess
  until: string | null
  /** Staff chose the access: an import leaves it alone. */
  decided: Generated<boolean>
  link: string | null
  object: string | null
  size: ColumnType<number, number | null, number | null> | null
  type: string | null
  sha256: Buffer | null
  /** Index in the record's `files` of the entry that describes it. */
  described: number | null
  created_at: Moment
}

/** An object that no file holds (yet, or any more): removed once its time has come, unless a file has claimed it. */
interface UnclaimedObjectTable {
  object: string
  remove_after: Date
}

interface PublicationTable {
  item: number
  seq: number
  state: 'public' | 'deleted'
  datestamp: Date
  sets: Generated<string[]>
}

interface OutboxTable {
  id: Generated<number>
  work: 'index'
  item: number
  revision: number
  attempts: Generated<number>
  due: Moment
  created_at: Moment
}

export interface SearchDocumentTable {
  item: number
  revision: number
  status: ItemStatus
  publication_date: string
  summary: Json<ItemSummary>
  terms: string
}
