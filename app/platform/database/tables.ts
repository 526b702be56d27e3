import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from 'kysely'
import type { FileAccess } from '../../items/dissemination.ts'
import type { ItemSummary } from '../../items/summary.ts'
import type { AccessRight } from '../../records/vocabularies.ts'
import type { Label, Logo, Settings } from '../../tenancy/schema.ts'

/** The tables of an institution's database, as the migrations leave them. Days are text, `YYYY-MM-DD`. */
export interface Tables {
  settings: SettingsTable
  token: TokenTable
  item: ItemTable
  item_use: ItemUseTable
  item_use_day: ItemUseDayTable
  revision: RevisionTable
  version: VersionTable
  file: FileTable
  file_text: FileTextTable
  unclaimed_object: UnclaimedObjectTable
  collection: CollectionTable
  heading: HeadingTable
  item_collection: ItemCollectionTable
  publication: PublicationTable
  publication_set: PublicationSetTable
  outbox: OutboxTable
  harvest: HarvestTable
  search_document: SearchDocumentTable
  former_address: FormerAddressTable
  import_call: ImportCallTable
  import_outcome: ImportOutcomeTable
  search_piece: SearchPieceTable
  search_name: SearchNameTable
  restoration: RestorationTable
  upload: UploadTable
  scan: ScanTable
}

/** A timestamp that the database sets when nothing else is said. */
type Moment = ColumnType<Date, Date | undefined, Date>
type Json<T extends object> = JSONColumnType<T>

interface SettingsTable {
  single: Generated<true>
  /** What the release before 0009 knows of the settings, and what has come since. */
  value: Json<Partial<Settings>>
  added: ColumnType<Partial<Settings>, string | undefined, string>
  revision: Generated<number>
  updated_at: Moment
  logo: ColumnType<Logo | null, string | null | undefined, string | null>
  logo_bytes: ColumnType<Buffer | null, Uint8Array | null | undefined, Uint8Array | null>
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
  /** Whether its last import came from another repository's list. */
  harvested: Generated<boolean>
  due: string | null
  created_at: Moment
  updated_at: Moment
}

/** How often an item was used since it came here: the sum of its days. One that was not has none. */
interface ItemUseTable {
  item: number
  /** Looks at its page. */
  views: number
  /** Downloads of its files. */
  downloads: number
}

/** How often an item was used on a day of the institution's time zone. */
interface ItemUseDayTable extends ItemUseTable {
  day: string
}

/** How a revision came about. */
export type Change = 'import' | 'create' | 'edit' | 'time' | 'withdraw' | 'restore' | 'delete'

export interface RevisionTable {
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

export interface VersionTable {
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

/** What could be read of a file's bytes. */
interface FileTextTable {
  file: string
  /**
   * `begun`: it is being read, or reading it was broken off. `nothing`: there is no text in it, or none that we can
   * read. `failed`: reading it did not end well.
   */
  state: 'begun' | 'read' | 'nothing' | 'failed'
  text: string | null
  /** Why nothing could be read, or not all. */
  reason: string | null
  /** How often reading it was begun. */
  tries: Generated<number>
  at: Moment
}

/**
 * `unseen`: it was here before there was a scanner, and is handed out. `waiting`: nobody gets it before it has been
 * looked at. `clean`, `infected`: what was found. `unscannable`: it could not be looked into, and waits for staff.
 * `released`: staff have let that go.
 */
export type ScanState = 'unseen' | 'waiting' | 'clean' | 'infected' | 'unscannable' | 'released'

/** What a scan for viruses says of contents. */
export interface ScanTable {
  sha256: Buffer
  state: ScanState
  /** To be looked at, or once more. */
  due: Generated<boolean>
  /** How often the state has changed. */
  turns: Generated<number>
  /** What was found, or why it could not be looked at. */
  finding: string | null
  /** The scanner's version and that of its signatures. */
  signatures: string | null
  since: Moment
  looked_at: Date | null
  /** Who let it go. */
  released_by: string | null
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
  /**
   * Whether harvesters get the item: `never` leaves no trace, `before` is deleted for them as long as it lasts. Counts
   * while the item is public; of one that is not, it stays what it was.
   */
  harvested: Generated<'never' | 'now' | 'before'>
  /** The sets that harvesters find it in; of one that they get no more, those that they found it in. */
  sets: Generated<string[]>
}

/** `publication.sets`, row by row, so that a page of a set costs the same wherever it lies. */
interface PublicationSetTable {
  set: string
  seq: number
  item: number
}

export interface CollectionTable {
  id: GeneratedAlways<number>
  parent: number | null
  /** Order among those of one parent; equal ones by id. */
  position: number
  name: Json<Label>
  /** How its items are ordered: `list`, the newest first; `contents`, by volume, issue, heading and page. */
  kind: ColumnType<'list' | 'contents', 'list' | 'contents' | undefined, 'list' | 'contents'>
  public: boolean
  harvested: boolean
  /** Derived: whether it and all above it are public. */
  shown: Generated<boolean>
  /**
   * Derived: the sets of what lies in it, its own and those above; none unless it and all above it are public and
   * harvested.
   */
  sets: Generated<string[]>
}

/** A heading under which a collection's contents may be grouped. */
interface HeadingTable {
  id: GeneratedAlways<number>
  collection: number
  /** From 1 on. */
  position: number
  name: Json<Label>
}

/** That an item lies in a collection, and where: the rest is derived from the item, so that an order is an index. */
export interface ItemCollectionTable {
  item: number
  collection: number
  heading: number | null
  /** The heading's; 0 for none. */
  heading_position: Generated<number>
  status: ItemStatus
  /** The item's publication date. */
  published: string
  /** Volume and issue, and the first page, as bytes in whose order contents are read: `items/place.ts`. */
  issue: Buffer
  start: Buffer
}

/**
 * `index`: write the item to the search index. `publish`: its collections changed, the feed may have to say so.
 * `extract`: read the text of its files. `scan`: have its files looked at for viruses.
 */
export type Work = 'index' | 'publish' | 'extract' | 'scan'

interface OutboxTable {
  id: Generated<number>
  work: Work
  item: number
  revision: number
  attempts: Generated<number>
  due: Moment
  created_at: Moment
}

/** How far another repository has been harvested. */
export interface HarvestTable {
  id: string
  base_url: string
  set_spec: string | null
  metadata_prefix: string
  /** The responseDate of the last list that was read to its end. */
  until: Date | null
  /** The list under way: its responseDate, and where it goes on. */
  list_began: Date | null
  resumption_token: string | null
  counts: Json<{ imported: number; updated: number; unchanged: number; withdrawn: number; rejected: number }>
  completed_at: Date | null
  last_error: string | null
  revision: number
  updated_at: Moment
}

interface SearchDocumentTable {
  item: number
  revision: number
  status: ItemStatus
  publication_date: string
  summary: Json<ItemSummary>
  /** Facets and their values, `subject:…`. */
  facets: Generated<string[]>
  /** Day of issue as a number, YYYYMMDD: 20260300 is March 2026, 20260000 the year, 0 unknown. */
  issued: Generated<number>
  title_key: Generated<string>
  abstract: Generated<string>
  terms: string
  /** What `search_name` counts of it: status, facet, value and ORCID each time. */
  listed: JSONColumnType<[string, string, string, string][] | null>
}

/** Where an item, or the file of a name, was to be found before it came here: path and query, normalised. */
interface FormerAddressTable {
  address: string
  item: number
  file: string | null
}

/** A call that brought an Idempotency-Key. */
interface ImportCallTable {
  id: GeneratedAlways<string>
  actor: string
  key: string
  /** What was asked besides the body. */
  request: string
  /** SHA-256 of the body, once it has been read to its end. */
  body: Buffer | null
  done: Generated<boolean>
  /** Whoever works on it now, and until when that is to be believed. */
  runner: string
  leased_until: Date
}

/** What became of a record of such a call, as it was answered. */
interface ImportOutcomeTable {
  call: string
  position: number
  /** SHA-256 of what the record said. */
  record: Buffer
  outcome: string
}

/** A piece of an item's text beside its document: of a file, or of metadata too long for the document. */
interface SearchPieceTable {
  item: number
  file: string | null
  piece: number
  terms: string
  text: string
}

/** How many items have a creator or subject. */
interface SearchNameTable {
  facet: 'creator' | 'subject'
  value: string
  /** Empty for all items with the name; else for those that give this ORCID to it. */
  orcid: Generated<string>
  /** What it is ordered by: `search/names.ts`. */
  key: string
  /** The key that it would have as it is written, where its key is made of a reading. */
  written: string | null
  public: number
  scheduled: number
}

/** An institution's export that is being restored here, or was broken off. */
interface RestorationTable {
  single: Generated<true>
  /** Names the bag: the same one goes on. */
  bag: string
  /** The feed was empty when it began: what is restored keeps its place and datestamp. */
  keeps_datestamps: boolean
  began_at: Moment
}

/** A file that is sent in parts (tus 1.0). */
export interface UploadTable {
  id: string
  item: number
  size: number
  /** What the sender said of the file, as it was said. */
  metadata: Json<{ [name: string]: string | null }>
  /** Whether the item has the file. */
  done: Generated<boolean>
  /** Whoever works on it now, and until when that is to be believed. */
  runner: string | null
  leased_until: Moment
  /** Whether another request waits for that. */
  wanted: Generated<boolean>
  expires_at: Date
  created_at: Moment
}
