import { type Selectable, sql } from 'kysely'
import type { Actor } from '../accounts/index.ts'
import { PRESENT, presentOf, readableStatuses } from '../items/index.ts'
import type { ItemSummary } from '../items/summary.ts'
import type { ItemCollectionTable, ItemTable } from '../platform/database/tables.ts'
import { Problem } from '../platform/problem.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { Label } from '../tenancy/schema.ts'
import type { Collection } from './read.ts'

/** An item in a collection, and what says where it stands in a bulletin. */
export interface Member {
  summary: ItemSummary
  volume?: string | undefined
  issue?: string | undefined
  pageStart?: string | undefined
  pageEnd?: string | undefined
  heading?: { id: number; name: Label } | undefined
  /** The same for all of one volume and issue, however they are written, and for no others. */
  issueKey: string
}

type Place = Omit<Selectable<ItemCollectionTable>, 'collection' | 'status'>

/** The order of each kind of collection: an index, and how a place in it is written in an address. */
const ORDERS = {
  list: {
    columns: sql`published desc, item desc`,
    write: ({ published, item }: Place) => `${published}.${item}`,
    behind(after: string) {
      const [, published, item] = /^(\d{4}-\d{2}-\d{2})\.(\d{1,9})$/.exec(after) ?? wrong()
      return sql`(published, item) < (${published}::date, ${item}::integer)`
    },
  },
  contents: {
    columns: sql`issue, heading_position, start, item`,
    write: ({ issue, heading_position, start, item }: Place) =>
      [issue.toString('base64url'), heading_position, start.toString('base64url'), item].join('.'),
    behind(after: string) {
      const [, issue = '', heading, start = '', item] =
        /^([\w-]+)\.(\d{1,9})\.([\w-]+)\.(\d{1,9})$/.exec(after) ?? wrong()
      return sql`(issue, heading_position, start, item) >
        (${Buffer.from(issue, 'base64url')}::bytea, ${heading}::integer, ${Buffer.from(start, 'base64url')}::bytea,
         ${item}::integer)`
    },
  },
}

/**
 * A page of a collection's items that the actor may read, in its order: each costs the same, wherever it lies.
 *
 * @param after `next` of the page before.
 * @throws Problem 422 where `after` is no place in this order.
 */
export async function readMembers(
  { db }: Tenant,
  actor: Actor,
  { id, kind }: Pick<Collection, 'id' | 'kind'>,
  { after, size }: { after?: string | undefined; size: number },
): Promise<{ members: Member[]; next?: string }> {
  const { columns, behind, write } = ORDERS[kind]
  // The page is chosen in the index alone, before any record is read; all in one statement, and so one snapshot.
  const { rows } = await sql<Place & Selectable<ItemTable> & { heading_name: Label | null }>`
    with page as materialized (
      select item, heading, heading_position, published, issue, start from item_collection
      where collection = ${id} and status = any (${readableStatuses(actor)})
        ${after === undefined ? sql`` : sql`and ${behind(after)}`}
      order by ${columns} limit ${size + 1}
    )
    select page.*, ${sql.join(PRESENT.map((column) => sql.ref(`stored.${column}`)))}, heading.name as heading_name
    from page join item as stored on stored.number = page.item and stored.status = any (${readableStatuses(actor)})
    left join heading on heading.id = page.heading
    order by ${columns}`.execute(db)
  const shown = rows.slice(0, size)
  const last = shown.at(-1)
  return { members: shown.map(memberOf), ...(rows.length > size && last && { next: write(last) }) }
}

function memberOf(row: Place & Selectable<ItemTable> & { heading_name: Label | null }): Member {
  const { summary, record } = presentOf(row)
  const { volume, issue, pageStart, pageEnd } = record
  return {
    summary,
    volume,
    issue,
    pageStart,
    pageEnd,
    ...(row.heading !== null && row.heading_name !== null && { heading: { id: row.heading, name: row.heading_name } }),
    issueKey: row.issue.toString('base64url'),
  }
}

/** Where contents begin with an issue: before all that an article can have. */
export const beforeIssue = (issueKey: string): string => `${issueKey}${BEFORE_ALL}`
const BEFORE_ALL = '.0.AA.0'

/** The volume and issue that began on the page before the one that follows a place in contents. */
export const issueBegunBefore = (after: string): string | undefined =>
  after.endsWith(BEFORE_ALL) ? undefined : after.split('.', 1)[0]

function wrong(): never {
  throw new Problem(422, 'Invalid', 'The place after which to go on ("after") is none of this collection: begin anew.')
}
