import { sql } from 'kysely'
import type { Actor } from '../accounts/index.ts'
import { readableStatuses } from '../items/index.ts'
import type { Tenant } from '../tenancy/index.ts'

/** Issues that are named at most: two hundred years of a quarterly have fewer. */
const MOST_ISSUES = 1_000

/** A volume and issue of a bulletin, as one of its articles writes them. */
export interface Issue {
  volume?: string | undefined
  issue?: string | undefined
  /** The `issueKey` of its articles. */
  issueKey: string
}

/**
 * The volumes and issues of a bulletin in which there is something that the actor may read, the newest first. It goes
 * from one to the next in the index, however many articles there are.
 */
export async function readIssues({ db }: Tenant, actor: Actor, collection: number): Promise<Issue[]> {
  const behind = (condition = sql``) => sql`
    select issue, item from item_collection
    where collection = ${collection} and status = any (${readableStatuses(actor)}) ${condition}
    order by issue, heading_position, start, item limit 1`
  const { rows } = await sql<{ volume: string | null; number: string | null; key: Buffer }>`
    with recursive first as (
      (${behind()})
      union all
      select next.* from first, lateral (${behind(sql`and issue > first.issue`)}) as next
    ),
    named as (select * from first limit ${MOST_ISSUES})
    select record->>'volume' as volume, record->>'issue' as number, named.issue as key
    from named join item on item.number = named.item order by named.issue`.execute(db)
  return rows.map(({ volume, number, key }) => ({
    volume: volume ?? undefined,
    issue: number ?? undefined,
    issueKey: key.toString('base64url'),
  }))
}
