import { sql } from 'kysely'
import type { ItemSummary } from '../../items/summary.ts'
import type { Database } from '../../platform/database/index.ts'
import { listed } from '../names.ts'
import type { AlikeQuery } from '../port.ts'

/** Items looked at that have one of the rarer values, and of those published last that have any. */
const MOST = 500

/**
 * Items that share values with one, in one statement. The rarest values are looked up until so many items have them as
 * can be weighed in a moment; what has only the commoner ones is found among the newest. The index lies beside the
 * items, so that what has been withdrawn since it was indexed is left out here.
 */
export async function findAlike(db: Database, { item, values, statuses, size }: AlikeQuery): Promise<ItemSummary[]> {
  const { rows } = await sql<{ summary: ItemSummary }>`
    /*NO LOAD BALANCE*/ with shared as materialized (
      select facet || ':' || value as value, items, sum(items) over (order by items, facet, value) as met from (
        select facet, value, public + scheduled as items from search_name
        where orcid = '' and (facet, value) in (select * from unnest(
          ${listed.flatMap((facet) => values[facet].map(() => facet))}::text[],
          ${listed.flatMap((facet) => values[facet])}::text[]))
      ) as known
      -- What the item alone has is shared by none.
      where items > 1
    ),
    candidate as materialized (
      select item, facets from search_document
      where facets && array(select value from shared where met <= ${MOST}) and status = any (${statuses})
      union
      select item, facets from (
        select item, facets, status from search_document order by publication_date desc, item desc limit ${MOST}
      ) as newest
      where exists (select from shared) and facets && array(select value from shared) and status = any (${statuses})
    ),
    best as (
      select item, sum(1 / ln((items + 1)::float8)) as weight
      from candidate, unnest(facets) as given join shared on given = value
      where item <> ${item}
        and exists (select from item as kept where kept.number = candidate.item and kept.status = any (${statuses}))
      group by item order by weight desc, item desc limit ${size}
    )
    select summary from best join search_document using (item) order by weight desc, item desc`.execute(db)
  return rows.map(({ summary }) => summary)
}
