import { listed } from '../names.ts'
import { titleKey } from '../order.ts'
import type { Suggestions, SuggestQuery } from '../port.ts'
import type { Ask } from './connection.ts'
import { readingOf } from './forms.ts'
import { findNames } from './names.ts'

/** Names of each kind of which those are taken that most items have. */
const SAMPLE = 20

/** What somebody may be about to type. */
export async function suggest(ask: Ask, index: string, query: SuggestQuery): Promise<Suggestions> {
  const { typed: prefix, statuses, size } = query
  if (titleKey(prefix) === '') return { items: [], names: [] }
  const [items, ...lists] = await Promise.all([
    itemsLike(ask, index, query),
    ...listed.map(async (facet) => {
      const { names } = await findNames(ask, index, { facet, statuses, prefix, size: SAMPLE })
      return names
        .toSorted((a, b) => b.items - a.items)
        .slice(0, size)
        .map((name) => ({ ...name, facet }))
    }),
  ])
  return { items, names: lists.flat().map(({ facet, value, items }) => ({ facet, value, items })) }
}

async function itemsLike(
  ask: Ask,
  index: string,
  { typed, statuses, size }: SuggestQuery,
): Promise<Suggestions['items']> {
  const reading = readingOf(typed.normalize('NFKC'))
  const { hits } = await ask((client) =>
    client.search<{ summary: string }>({
      index,
      size,
      track_total_hits: false,
      _source: ['summary'],
      query: {
        bool: {
          filter: [{ terms: { status: statuses } }],
          should: [
            { prefix: { beginnings: { value: titleKey(typed), boost: 2 } } },
            ...(reading === undefined ? [] : [{ prefix: { 'written.title.reading': { value: reading } } }]),
          ],
          minimum_should_match: 1,
        },
      },
      sort: [{ _score: { order: 'desc' } }, { publicationDate: { order: 'desc' } }, { item: { order: 'desc' } }],
    }),
  )
  return hits.hits.flatMap(({ _source }) => (_source ? [JSON.parse(_source.summary)] : []))
}
