import { type RawBuilder, sql } from 'kysely'
import { dayNumber, lastDayNumber } from '../order.ts'
import { type Facet, facets, type SearchQuery } from '../port.ts'
import { findsWithout, negate, type Query } from '../query.ts'
import { bitCondition, candidates, leavesOf, tsquery } from './terms.ts'

/**
 * A `tsquery` that the planner does not see: it would take a common word for a reason to read the whole table, and does
 * not know what unpacking each `tsvector` costs. Unseen, the index is used always.
 */
const unseen = (text: string) => sql`(select ${text}::tsquery)`

/** Items with words beside their document, of which the documents are looked at one by one; more, and by the index. */
const FEW = 300

/** What finds documents of a query, in parts of SQL. */
export interface Match {
  /** Common table expressions that the others refer to. */
  expressions: RawBuilder<unknown>
  /** What holds of a `search_document` that is found by itself; by a stricter `tsquery` than the query's, if given. */
  itself(stricter?: string): RawBuilder<unknown>
  /** What holds of one that is found only with the pieces beside it; nothing where there can be none. */
  beside?: RawBuilder<unknown>
}

/**
 * AND, OR and NOT are decided for each item, whichever of its pieces the words stand in. A document decides by its own
 * `tsvector` in one look at the index. For items with words in a piece beside it, each word is looked up by itself and
 * noted as a bit: what the document alone decides wrongly is taken out (`NOT`), what it does not find is put in.
 */
export function matchOf(query: Query | undefined): Match {
  if (!query) return { expressions: sql``, itself: () => sql`true` }
  const leaves = leavesOf(query)
  const bits = (lookUp: (leaf: (typeof leaves)[number], bit: RawBuilder<unknown>) => RawBuilder<unknown>) =>
    sql.join(
      leaves.map((leaf, i) => lookUp(leaf, sql.lit(2 ** i))),
      sql` union all `,
    )
  const holds = (bits: string) => sql.raw(bitCondition(query, bits))
  const found = (stricter: string) =>
    findsWithout(query)
      ? sql`item not in (select item from search_document where terms @@ ${unseen(tsquery(negate(query)))})`
      : sql`terms @@ ${unseen(stricter)}`
  return {
    // The documents are looked up only if there are pieces at all.
    expressions: sql`
      beside as materialized (
        select item, bit_or(bit) as bits from (${bits(inPieces)}) as found group by item),
      gauge as materialized (select count(*) <= ${sql.lit(FEW)} as few from beside),
      itself as (
        select item, ${sql.join(
          leaves.map((leaf, i) => sql`case when terms @@ ${tsquery(leaf)}::tsquery then ${sql.lit(2 ** i)} else 0 end`),
          sql` | `,
        )} as bits
        from search_document where (select few from gauge) and item = any (array(select item from beside))
        union all
        select item, bit_or(bit) as bits from (${bits(inDocuments)}) as found
        where not (select few from gauge) group by item),
      judged as materialized (
        select item, ${holds('(beside.bits | coalesce(itself.bits, 0))')} as together,
               ${holds('coalesce(itself.bits, 0)')} as alone
        from beside left join itself using (item)),`,
    // Where nothing must be absent, pieces only add: what is found without them need not wait for them.
    itself: (stricter = tsquery(query)) =>
      excludes(query)
        ? sql`${found(stricter)} and item not in (select item from judged where alone and not together)`
        : found(stricter),
    beside: sql`item in (select item from judged where together and not alone)`,
  }
}

type Word = ReturnType<typeof leavesOf>[number]

const inDocuments = (word: Word, bit: RawBuilder<unknown>) =>
  sql`select item, ${bit} as bit from search_document where terms @@ ${unseen(tsquery(word))}`

/**
 * Items with a word in a piece beside them. To see whether its lexemes follow each other means to unpack a piece, some
 * 80 kB: of each item piece after piece, to the first in which they do.
 */
function inPieces(word: Word, bit: RawBuilder<unknown>): RawBuilder<unknown> {
  const loosely = candidates(word)
  if (loosely === undefined)
    return sql`select item, ${bit} as bit from search_piece where terms @@ ${unseen(tsquery(word))}`
  return sql`
    select item, ${bit} as bit from (
      select item, array_agg(ctid) as places from search_piece where terms @@ ${unseen(loosely)} group by item
    ) as candidate
    where exists (
      select from unnest(places) as place, lateral (select terms from search_piece where ctid = place offset 0) as piece
      where piece.terms @@ ${tsquery(word)}::tsquery)`
}

const excludes = (query: Query): boolean => (query.kind === 'word' ? query.not : query.parts.some(excludes))

/** What else a query asks of a document: who may see it, the facets chosen (but one, if one is named), its day of issue. */
export function filtersOf(query: SearchQuery, but?: Facet): RawBuilder<unknown> {
  const { statuses, chosen = {}, from, to } = query
  const hidden = hiddenValues(query)
  const conditions = [sql`status = any (${statuses})`]
  for (const facet of facets) {
    const values = chosen[facet]?.map((value) => `${facet}:${value}`).filter((value) => !hidden.includes(value))
    if (facet !== but && values) conditions.push(sql`facets && ${values}::text[]`)
  }
  if (from !== undefined) conditions.push(sql`issued >= ${dayNumber(from)}`)
  // The last that begins with these digits; what has no date lies in no range.
  if (to !== undefined) conditions.push(sql`issued between 1 and ${lastDayNumber(to)}`)
  return sql.join(conditions, sql` and `)
}

export const hiddenValues = ({ hiddenCollections = [] }: SearchQuery) =>
  hiddenCollections.map((id) => `collection:${id}`)
