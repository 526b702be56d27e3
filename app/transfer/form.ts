import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { accessRights } from '../records/vocabularies.ts'
import { inspectLogo } from '../settings/index.ts'
import { Logo } from '../tenancy/schema.ts'
import { StoredSettings } from '../tenancy/settings.ts'

/**
 * The form in which an institution leaves and comes: what `data/kura/` of its bag holds. `institution.json` says of
 * what and when; `<table>.ndjson` has a row of that table a line, with the names of its columns, as PostgreSQL writes it
 * as JSON: moments with all their digits, bytes as `\x…`. Nothing is translated, so that nothing is lost on the way.
 *
 * Items stand in the order of the publication feed, those that never were public last, and what belongs to an item
 * stands in every file in that order: all of an item is read without holding anything else.
 */

/** Named in `bag-info.txt`: by it a bag is known as one of these. */
export const PROFILE = 'urn:uuid:5f0c1d1e-7a53-4a3b-9a44-2b1c7d3e8f60'
/** Counts changes of the form that an older release could not read. This one reads those before. */
export const FORM = 2

export const INSTITUTION = 'data/kura/institution.json'
export const rowsPath = (table: string) => `data/kura/${table}.ndjson`

export const Institution = z.strictObject({
  form: z.int().min(1).max(FORM),
  id: z.string(),
  /** Address that the institution had. */
  url: z.url(),
  takenAt: z.iso.datetime({ offset: true }),
  /** The highest numbers that were ever given: none is given a second time. */
  lastNumbers: z.strictObject({ item: z.int().min(0), collection: z.int().min(0) }),
  /** How many rows each table has. */
  rows: z.record(z.string(), z.int().min(0)),
})
export type Institution = z.infer<typeof Institution>

const Number32 = z.int().min(1).max(2_147_483_647)
const Moment = z.iso.datetime({ offset: true })
const Day = z.iso.date()
const Sha256 = z.string().regex(/^\\x[0-9a-f]{64}$/, 'must be 32 bytes')
const Bytes = z.string().regex(/^\\x([0-9a-f]{2})*$/, 'must be bytes')
const Status = z.enum(['scheduled', 'public', 'withdrawn', 'deleted'])
const Stored = z.record(z.string(), z.unknown())

const uses = { views: z.int().min(0), downloads: z.int().min(0) }

/** Rows of each table that goes along, strictly: what a later release added must not be lost unseen. */
export const rows = {
  /** Form 1 has `value` alone. */
  settings: z
    .strictObject({
      single: z.literal(true),
      value: Stored,
      added: Stored.default({}),
      revision: z.int().min(1).optional(),
      updated_at: Moment.optional(),
      logo: Logo.nullable().default(null),
      logo_bytes: Bytes.nullable().default(null),
    })
    .superRefine(({ value, added, logo, logo_bytes: bytes }, { addIssue }) => {
      const [issue] = StoredSettings.safeParse({ ...value, ...added }).error?.issues ?? []
      if (issue) addIssue({ code: 'custom', path: ['value', ...issue.path], message: issue.message })
      if (!isLogo(logo, bytes)) addIssue({ code: 'custom', path: ['logo'], message: 'is not what its bytes are' })
    }),
  collection: z.strictObject({
    id: Number32,
    parent: Number32.nullable(),
    position: z.int(),
    name: Stored,
    public: z.boolean(),
    harvested: z.boolean(),
    sets: z.array(z.string()),
    kind: z.enum(['list', 'contents']),
    shown: z.boolean(),
  }),
  heading: z.strictObject({ id: Number32, collection: Number32, position: z.int(), name: Stored }),
  harvest: z.strictObject({
    id: z.string(),
    base_url: z.string(),
    set_spec: z.string().nullable(),
    metadata_prefix: z.string(),
    until: Moment.nullable(),
    list_began: Moment.nullable(),
    resumption_token: z.string().nullable(),
    counts: Stored,
    completed_at: Moment.nullable(),
    last_error: z.string().nullable(),
    revision: z.int(),
    updated_at: Moment,
  }),
  item: z.strictObject({
    number: Number32,
    source: z.string().nullable(),
    status: Status,
    status_reason: z.string().nullable(),
    record: Stored,
    model_version: z.int(),
    access: z.enum(accessRights),
    access_until: Day.nullable(),
    publication_date: Day,
    revision: z.int().min(1),
    oai_identifier: z.string().nullable(),
    import_digest: Sha256.nullable(),
    harvested: z.boolean(),
    due: Day.nullable(),
    created_at: Moment,
    updated_at: Moment,
  }),
  revision: z.strictObject({
    item: Number32,
    revision: z.int().min(1),
    at: Moment,
    actor: z.string(),
    change: z.string(),
    status: Status,
    record: Stored,
    model_version: z.int(),
    files: z.array(z.strictObject({ id: z.uuid(), described: z.int().optional() })),
  }),
  version: z.strictObject({
    item: Number32,
    version: z.int().min(1),
    revision: z.int().min(1),
    made_at: Moment,
    actor: z.string(),
  }),
  file: z.strictObject({
    id: z.uuid(),
    item: Number32,
    name: z.string(),
    position: z.int(),
    current: z.boolean(),
    access: z.enum(['open', 'embargoed', 'signed-in', 'closed', 'link']),
    until: Day.nullable(),
    decided: z.boolean(),
    link: z
      .string()
      .regex(/^https?:\/\//i, 'must be an address on the web')
      .nullable(),
    size: z.int().min(0).nullable(),
    type: z
      .string()
      .regex(/^[\w.+-]+\/[\w.+-]+(; charset=utf-8)?$/, 'must be a media type')
      .nullable(),
    sha256: Sha256.nullable(),
    described: z.int().nullable(),
    created_at: Moment,
    /** Where its bytes lie in the bag, below `data/`; null where the institution has none (any more). */
    path: z.string().nullable(),
  }),
  item_collection: z.strictObject({
    item: Number32,
    collection: Number32,
    heading: Number32.nullable(),
    heading_position: z.int(),
    status: Status,
    published: Day,
    issue: Bytes,
    start: Bytes,
  }),
  item_use: z.strictObject({ item: Number32, ...uses }),
  item_use_day: z.strictObject({ item: Number32, day: Day, ...uses }),
  former_address: z.strictObject({ address: z.string(), item: Number32, file: z.string().nullable() }),
  publication: z.strictObject({
    item: Number32,
    seq: z
      .int()
      .min(1)
      .max(2 ** 48),
    state: z.enum(['public', 'deleted']),
    datestamp: Moment,
    harvested: z.enum(['never', 'now', 'before']),
    sets: z.array(z.string()),
  }),
} as const

/** Whether bytes are what is said of them: an image that the API would have taken, or nothing of nothing. */
function isLogo(logo: Logo | null, bytes: string | null): boolean {
  if (logo === null || bytes === null) return logo === bytes
  try {
    return isDeepStrictEqual(inspectLogo(Buffer.from(bytes.slice(2), 'hex')), logo)
  } catch {
    return false
  }
}

export type TableName = keyof typeof rows
export type Row<T extends TableName> = z.infer<(typeof rows)[T]>

/** Tables of the institution as a whole, with the columns that name a row: few rows, restored together. */
export const wholeTables = {
  settings: ['single'],
  collection: ['id'],
  heading: ['id'],
  harvest: ['id'],
} as const satisfies {
  [table in TableName]?: readonly string[]
}

/** Tables of what belongs to an item, with the columns that order its rows; restored item by item, in this order. */
export const itemTables = {
  item: ['number'],
  revision: ['item', 'revision'],
  version: ['item', 'version'],
  file: ['item', 'current', 'position', 'id'],
  item_collection: ['item', 'collection'],
  former_address: ['item', 'address'],
  item_use: ['item'],
  item_use_day: ['item', 'day'],
  publication: ['item'],
} as const satisfies { [table in TableName]?: readonly [item: string, ...order: string[]] }

/** Tables that exports of earlier releases do not have. */
export const laterTables: ReadonlySet<TableName> = new Set(['item_use', 'item_use_day'])

export type WholeTable = keyof typeof wholeTables
export type ItemTableName = keyof typeof itemTables

/** Tables that stay behind, and why nothing is lost by it. */
export const staying: { readonly [table: string]: string } = {
  token: 'what programs may do here is decided here; only hashes are known',
  outbox: 'work that is still to be done is noted anew for every item that is restored',
  unclaimed_object: 'bytes that no file holds',
  publication_set: 'publication.sets once more, row by row',
  search_document: 'the search index is made from the items',
  search_name: 'the same',
  search_piece: 'the same',
  import_call: 'answers that are kept for a week for whoever sends an import again',
  import_outcome: 'the same',
  file_text: 'text is read from the files anew',
  upload: 'bytes of files that are still being sent',
  scan: 'files are scanned anew where they come; infected ones stay behind',
  tree_state: 'counts changes of the tree of collections here',
  restoration: 'says that a restoration is under way here',
  kysely_migration: 'the database’s own',
  kysely_migration_lock: 'the database’s own',
}

/** Columns that stay behind. */
export const stayingColumns: { readonly [column: string]: string } = {
  'file.object': 'a key of the object store here; `path` says where the bytes lie in the bag',
}
