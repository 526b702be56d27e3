import { sql } from 'kysely'
import type { ItemSummary } from '../../items/summary.ts'
import type { Database } from '../../platform/database/index.ts'
import { listed } from '../names.ts'
import type { AlikeQuery } from '../port.ts'
import type { Ask } from './connection.ts'

/** Items more than are asked for: some may have been withdrawn since they were indexed. */
const SPARE = 10

/** Items that share values with one. What few items have scores more than what many have (BM25). */
export async function findAlike(
  ask: Ask,
  index: string,
  db: Database,
  { item, values, statuses, size }: AlikeQuery,
): Promise<ItemSummary[]> {
  const shared = listed.flatMap((facet) => values[facet].map((value) => ({ term: { [`facets.${facet}`]: value } })))
  if (shared.length === 0) return []
  const { hits } = await ask((client) =>
    client.search<{ item: number; summary: string }>({
      index,
      size: size + SPARE,
      track_total_hits: false,
      _source: ['item', 'summary'],
      query: {
        bool: {
          should: shared,
          minimum_should_match: 1,
          filter: [{ terms: { status: statuses } }],
          must_not: [{ term: { item } }],
        },
      },
      sort: [{ _score: { order: 'desc' } }, { item: { order: 'desc' } }],
    }),
  )
  const found = hits.hits.flatMap(({ _source }) => (_source ? [_source] : []))
  if (found.length === 0) return []
  const { rows } = await sql<{ number: number }>`
    select number from item
    where number = any (${found.map(({ item }) => item)}) and status = any (${statuses})`.execute(db)
  const present = new Set(rows.map(({ number }) => number))
  return found
    .filter(({ item }) => present.has(item))
    .slice(0, size)
    .map(({ summary }): ItemSummary => JSON.parse(summary))
}
