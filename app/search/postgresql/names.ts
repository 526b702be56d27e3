import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../../platform/database/index.ts'
import { MOST_ORCIDS } from '../counting.ts'
import { initials, keysLike, keysUnder } from '../names.ts'
import type { ListedName, NamesPage, NamesQuery } from '../port.ts'
import { itemsOf } from './count-names.ts'

/** A page of names: by the index on their keys, wherever it lies. */
export async function findNames(
  db: Database,
  { facet, statuses, prefix, from, after, size }: NamesQuery,
): Promise<NamesPage> {
  const items = itemsOf(statuses)
  const begins = from === undefined ? sql`` : sql`and key >= ${keysUnder(from)[0]}`
  const behind = after ? sql`and (key, value) > (${after.key}, ${after.value})` : sql``
  const part = (condition: RawBuilder<unknown>) => sql`
    (select value, key, ${items} as items from search_name
     where facet = ${facet} and orcid = '' and ${items} > 0 ${begins} ${behind} ${condition}
     order by key, value limit ${size + 1})`
  const [low, high] = prefix === undefined ? [] : keysLike(prefix)
  // As they are read, or as they are written where that is something else.
  const found =
    low === undefined
      ? part(sql``)
      : sql`${part(sql`and key >= ${low} and key < ${high}`)} union ${part(sql`and written >= ${low} and written < ${high}`)}`
  const { rows } = await sql<ListedName>`
    select value, key, items, array(
      select orcid from search_name as given
      where given.facet = ${facet} and given.value = page.value and orcid <> '' and ${itemsOf(statuses)} > 0
      order by orcid limit ${MOST_ORCIDS}) as orcids
    from (select * from (${found}) as found order by key, value limit ${size + 1}) as page
    order by key, value`.execute(db)
  const last = rows.length > size ? rows[size - 1] : undefined
  return { names: rows.slice(0, size), ...(last && { next: { key: last.key, value: last.value } }) }
}

/** The initials under which there are names: one look at the index for each. */
export async function findInitials(
  db: Database,
  { facet, statuses }: Pick<NamesQuery, 'facet' | 'statuses'>,
): Promise<string[]> {
  const stretches = initials.map((initial) => keysUnder(initial))
  const { rows } = await sql<{ initial: string }>`
    select initial from unnest(
      ${[...initials]}::text[], ${stretches.map(([from]) => from)}::text[], ${stretches.map(([, to]) => to)}::text[]
    ) with ordinality as stretch (initial, low, high, at)
    where exists (
      select from search_name
      where facet = ${facet} and orcid = '' and ${itemsOf(statuses)} > 0
        and key >= low collate "C" and key < high collate "C")
    order by at`.execute(db)
  return rows.map(({ initial }) => initial)
}
