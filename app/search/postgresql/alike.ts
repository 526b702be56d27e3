import { sql } from 'kysely'
import type { ItemSummary } from '../../items/summary.ts'
import type { Database } from '../../platform/database/index.ts'
import { listed } from '../names.ts'
import type { AlikeQuery } from '../port.ts'

/** Items looked at that have one of the rarer values, and of those published last that have any. */
const MOST = 500

/**
 * Items that share values with one. The rarest values are looked up until so many items have them as can be weighed in
 * a moment; what has only the commoner ones is found among the newest. The index lies beside the items, so that what has
 * been withdrawn since it was indexed is left out here. (In one statement it would read all documents: how few have the
 * rarest is not known when it is planned.)
 */
export async function findAlike(db: Database, { item, values, statuses, size }: AlikeQuery): Promise<ItemSummary[]> {
  const { rows: known } = await sql<{ facet: string; value: string; items: number }>`
    select facet, value, public + scheduled as items from search_name
    where orcid = '' and (facet, value) in (select * from unnest(
      ${listed.flatMap((facet) => values[facet].map(() => facet))}::text[],
      ${listed.flatMap((facet) => values[facet])}::text[]))
    order by items, facet, value`.execute(db)
  // What the item alone has is shared by none.
  const shared = known
    .filter(({ items }) => items > 1)
    .map(({ facet, value, items }) => ({ value: `${facet}:${value}`, items }))
  if (shared.length === 0) return []
  const rare = shared.filter((_, i) => shared.slice(0, i + 1).reduce((sum, { items }) => sum + items, 0) <= MOST)
  const all = shared.map(({ value }) => value)
  const weights = shared.map(({ items }) => 1 / Math.log2(items + 1))
  const { rows } = await sql<{ summary: ItemSummary }>`
    with candidate as materialized (
      select item, facets from search_document where facets && ${rare.map(({ value }) => value)}::text[] and status = any (${statuses})
      union
      select item, facets from (
        select item, facets, status from search_document order by publication_date desc, item desc limit ${MOST}
      ) as newest
      where facets && ${all}::text[] and status = any (${statuses})
    ),
    best as (
      select item, sum(weight) as weight
      from candidate, unnest(facets) as given join unnest(${all}::text[], ${weights}::float8[]) as shared (value, weight) on given = value
      where item <> ${item}
        and exists (select from item as kept where kept.number = candidate.item and kept.status = any (${statuses}))
      group by item order by weight desc, item desc limit ${size}
    )
    select summary from best join search_document using (item) order by weight desc, item desc`.execute(db)
  return rows.map(({ summary }) => summary)
}
