import { type RawBuilder, sql } from 'kysely'
import type { ItemSummary } from '../../items/summary.ts'
import type { Database } from '../../platform/database/index.ts'
import { NO_DATE } from '../order.ts'
import type { Position, SearchQuery, Sort } from '../port.ts'
import { findsWithout, type Query, TIERS } from '../query.ts'
import { filtersOf, type Match } from './match.ts'
import { tsquery } from './terms.ts'

interface Order {
  key: RawBuilder<unknown>
  /** The type of the key. */
  type: string
  descending: boolean
}

const ORDERS: { [S in Sort]: Order } = {
  relevance: { key: sql`publication_date`, type: 'date', descending: true },
  published: { key: sql`publication_date`, type: 'date', descending: true },
  newest: { key: sql`issued`, type: 'integer', descending: true },
  oldest: { key: sql`coalesce(nullif(issued, 0), ${sql.lit(NO_DATE)})`, type: 'integer', descending: false },
  title: { key: sql`title_key`, type: 'text', descending: false },
}

/** Pieces of an item that are unpacked one after the other to see whether a word stands in them. */
const MOST_PIECES = 50

export interface FoundRow {
  tier: number
  key: string | number
  item: number
  summary: ItemSummary
  abstract: string
}

/**
 * The results after a place, one more than the page has.
 *
 * By relevance each tier is a query of its own, in order: PostgreSQL begins the next only where those before do not
 * fill the page, and so most often looks at titles alone.
 */
export async function findPage(
  db: Database,
  request: SearchQuery & { sort: Sort },
  query: Query | undefined,
  match: Match,
): Promise<FoundRow[]> {
  const { sort, size, after } = request
  const order = ORDERS[sort]
  const { itself, beside } = match
  const limit = sql`limit ${sql.lit(size + 1)}`
  const filters = filtersOf(request)
  const direction = order.descending ? sql`desc` : sql`asc`
  const sorted = sql`order by key ${direction}, item ${direction} ${limit}`
  // What words find is gathered and then ordered. To walk along the order instead, and unpack the words of each document
  // on the way, is what PostgreSQL would choose for rare words: it ends at the last document.
  const gathered = query ? sql`offset 0` : sql``
  const part = (condition: RawBuilder<unknown>, tier: number) => sql`
    (select * from (
       select ${sql.lit(tier)} as tier, ${order.key} as key, item from search_document
       where ${condition} and ${filters} ${behind(order, tier, after)} ${gathered}) as part ${sorted})`
  const lowest = (stricter?: string) =>
    beside
      ? sql`(select * from (${part(itself(stricter), 0)} union all ${part(beside, 0)}) as lowest ${sorted})`
      : part(itself(), 0)

  const parts: RawBuilder<unknown>[] = []
  const tiered = sort === 'relevance' && query && !findsWithout(query)
  if (tiered)
    TIERS.forEach((within, i) => {
      const tier = TIERS.length - i
      // What a higher tier has is left out of those below.
      const above = TIERS[i - 1]
      const condition = above ? `(${tsquery(query, within)}) & !(${tsquery(query, above)})` : tsquery(query, within)
      if ((after?.tier ?? Infinity) >= tier) parts.push(part(itself(condition), tier))
    })
  parts.push(lowest(tiered ? `(${tsquery(query)}) & !(${tsquery(query, TIERS.at(-1))})` : undefined))

  const { rows } = await sql<FoundRow>`
    with ${match.expressions}
    page as (select * from (${sql.join(parts, sql` union all `)}) as tiers ${limit})
    select tier, key, item, summary, abstract from page join search_document using (item)
    order by tier desc, key ${direction}, item ${direction}`.execute(db)
  return rows
}

/** What holds of results that come after a place. */
function behind({ key, type, descending }: Order, tier: number, after: Position | undefined): RawBuilder<unknown> {
  if (!after || (after.tier ?? 0) > tier) return sql``
  return sql`and (${key}, item) ${descending ? sql`<` : sql`>`} (${after.key}::${sql.raw(type)}, ${after.item}::integer)`
}

/** Of items the text of the first piece beside each document in which one of the words stands. */
export async function findTexts(
  db: Database,
  items: number[],
  words: string,
): Promise<Map<number, { text: string; file: string | null }>> {
  // Piece after piece, to the first: by the index, a common word would bring every piece that has it.
  const { rows: early } = await sql<FoundText>`
    select wanted.item, found.text, found.file
    from unnest(${items}::integer[]) as wanted (item), lateral (
      select text, file from (
        select text, file, terms from search_piece where search_piece.item = wanted.item
        order by file, piece limit ${sql.lit(MOST_PIECES)}
      ) as pieces where terms @@ ${words}::tsquery limit 1) as found`.execute(db)
  const texts = new Map(early.map(({ item, text, file }) => [item, { text, file }]))
  const lacking = items.filter((item) => !texts.has(item))
  if (lacking.length === 0) return texts
  // What does not stand in the first of many pieces is no common word of the item: now the index knows the piece.
  const { rows: late } = await sql<FoundText>`
    select distinct on (item) item, text, file from search_piece
    where item = any (${lacking}) and terms @@ (select ${words}::tsquery)
    order by item, file, piece`.execute(db)
  for (const { item, text, file } of late) texts.set(item, { text, file })
  return texts
}

interface FoundText {
  item: number
  text: string
  file: string | null
}
