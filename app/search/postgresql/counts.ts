import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../../platform/database/index.ts'
import { COUNTED, limited, mostValues } from '../counting.ts'
import { type Count, type Facet, type FacetCounts, facets, type SearchPage, type SearchQuery } from '../port.ts'
import { filtersOf, hiddenValues, type Match } from './match.ts'

/** Facets are counted among so many of them: that costs more, and who narrows wants to know where there are many. */
const FACETED = 5_000

/** How many items a query finds. */
export async function countFound(db: Database, query: SearchQuery, match: Match): Promise<Count> {
  const { rows } = await sql<{ count: number }>`
    with ${match.expressions} hits as (${hits(query, match, COUNTED)})
    select count(*)::integer as count from hits`.execute(db)
  return limited(rows[0]?.count ?? 0)
}

/**
 * How many items a query finds, and of each facet its commonest values among them. A facet of which something is chosen
 * is counted among what would be found without that choice.
 */
export async function countFacets(
  db: Database,
  query: SearchQuery,
  match: Match,
): Promise<{ total: Count; counts: NonNullable<SearchPage['counts']> }> {
  const free = facets.filter((facet) => !query.chosen?.[facet])
  const sets: CountedSet[] = [
    { facets: free, hits: hits(query, match, COUNTED), values: sql`true` },
    ...facets
      .filter((facet) => query.chosen?.[facet])
      .map((facet) => ({ facets: [facet], hits: hits(query, match, FACETED, facet), values: isOf(facet) })),
  ]
  const { rows } = await sql<{ facet: Facet | null; set: number; value: string; count: number }>`
    with ${match.expressions} ${sql.join(
      sets.map((set, i) => setOf(i, set, query)),
      sql`, `,
    )}
    ${sql.join(
      sets.flatMap(({ facets }, i) => [
        sql`select null as facet, ${sql.lit(i)} as set, '' as value, count(*)::integer as count from ${table('hits', i)}`,
        ...facets.map((facet) => commonest(facet, i, query)),
      ]),
      sql` union all `,
    )}`.execute(db)
  const totals = sets.map((_, i) => rows.find(({ facet, set }) => facet === null && set === i)?.count ?? 0)
  const countsOf = (facet: Facet): FacetCounts => ({
    values: rows
      .filter((row) => row.facet === facet)
      .map(({ value, count }) => ({ value: value.slice(facet.length + 1), count })),
    atLeast: (totals[sets.findIndex((set) => set.facets.includes(facet))] ?? 0) > FACETED,
  })
  return {
    total: limited(totals[0] ?? 0),
    counts: Object.fromEntries(facets.map((facet) => [facet, countsOf(facet)])) as NonNullable<SearchPage['counts']>,
  }
}

const table = (name: string, set: number) => sql.table(`${name}_${set}`)

/** Found items among which facets are counted. */
interface CountedSet {
  facets: Facet[]
  hits: RawBuilder<unknown>
  /** Which values are those of the facets. */
  values: RawBuilder<unknown>
}

/** Found items, one more than are counted. */
function hits(query: SearchQuery, { itself, beside }: Match, most: number, but?: Facet): RawBuilder<unknown> {
  const filters = filtersOf(query, but)
  const alone = sql`select facets from search_document where ${itself()} and ${filters}`
  const all = beside ? sql`${alone} union all select facets from search_document where ${beside} and ${filters}` : alone
  return sql`select facets from (${all}) as found limit ${sql.lit(most + 1)}`
}

// Unpacked in the select list: as a table, each array would be written down first.
const setOf = (i: number, { hits, values }: CountedSet, query: SearchQuery) => sql`
  ${table('hits', i)} as materialized (${hits}),
  ${table('counted', i)} as materialized (
    select * from (
      select value, count(*)::integer as count
      from (select unnest(facets) collate "C" as value
            from (select facets from ${table('hits', i)} limit ${sql.lit(FACETED)}) as hit) as given
      where ${values} group by value
    ) as counted
    where value <> all (${hiddenValues(query)}::text[]))`

const isOf = (facet: Facet) => sql`value >= ${sql.lit(`${facet}:`)} and value < ${sql.lit(`${facet};`)}`

/** The commonest values of a facet; those that were chosen come before them. */
const commonest = (facet: Facet, set: number, { chosen = {} }: SearchQuery) => sql`
  (select ${sql.lit(facet)} as facet, ${sql.lit(set)} as set, value, count from ${table('counted', set)}
   where ${isOf(facet)}
   order by value = any (${(chosen[facet] ?? []).map((value) => `${facet}:${value}`)}::text[]) desc, count desc, value
   limit ${sql.lit(mostValues(facet))})`
