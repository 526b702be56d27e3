import type { estypes } from '@elastic/elasticsearch'
import type { ItemSummary } from '../../items/summary.ts'
import { COUNTED, limited } from '../counting.ts'
import { NO_DATE } from '../order.ts'
import type { SearchPage, SearchQuery, SearchResult, Sort } from '../port.ts'
import { parseQuery, wordsIn } from '../query.ts'
import { markerFor } from '../snippet.ts'
import type { Ask } from './connection.ts'
import { counting, countsIn } from './counts.ts'
import { choices, inTexts, limitsOf, matching, tiers } from './match.ts'

interface Order {
  field: string
  direction: 'asc' | 'desc'
  /** What stands for a value that an item does not have. */
  missing?: number
}

const ORDERS: { [S in Sort]: Order } = {
  relevance: { field: 'publicationDate', direction: 'desc' },
  published: { field: 'publicationDate', direction: 'desc' },
  newest: { field: 'issued', direction: 'desc', missing: 0 },
  oldest: { field: 'issued', direction: 'asc', missing: NO_DATE },
  title: { field: 'titleKey', direction: 'asc' },
}

/** What is shown of an item. */
interface Shown {
  item: number
  summary: string
  abstract: string
}

/** A page of what a query finds. Where a page ends is all that the next needs: nothing is kept between them. */
export async function search(ask: Ask, index: string, request: SearchQuery): Promise<SearchPage> {
  const { words, size, after, bare = false, counts = false } = request
  const typed = words.trim() !== ''
  const query = parseQuery(words)
  // Words were typed, but nothing that could be looked for: signs alone find nothing.
  const asked = typed && !query ? { ...request, statuses: [] } : request
  const sort = request.sort ?? (typed ? 'relevance' : 'published')
  const { field, direction, missing } = ORDERS[sort]
  const tiered = sort === 'relevance'
  const order: estypes.SortCombinations[] = [
    ...(tiered ? [{ _score: { order: 'desc' } } as const] : []),
    { [field]: { order: direction, ...(missing !== undefined && { missing }) } },
    { item: { order: direction } },
  ]
  const answer = await ask((client) =>
    client.search<Shown>({
      index,
      size: size + 1,
      _source: ['item', 'summary', 'abstract'],
      query: {
        bool: {
          filter: [...(query ? [matching(query)] : []), ...limitsOf(asked)],
          should: tiered && query ? tiers(query) : [],
        },
      },
      // The facets are counted among what their own choices leave out.
      post_filter: { bool: { filter: choices(asked) } },
      sort: order,
      ...(after && { search_after: [...(tiered ? [after.tier ?? 0] : []), after.key, after.item] }),
      track_total_hits: bare ? false : COUNTED + 1,
      ...(counts && { aggs: counting(asked) }),
    }),
  )
  const { hits, total } = answer.hits
  const shown = hits.slice(0, size)
  const last = shown.at(-1)?.sort
  return {
    total:
      typeof total === 'object'
        ? limited(total.value)
        : { value: shown.length, atLeast: hits.length > size || after !== undefined },
    ...(answer.aggregations && { counts: countsIn(answer.aggregations) }),
    results: await withSnippets(
      ask,
      index,
      shown.flatMap(({ _source }) => (_source ? [_source] : [])),
      bare ? '' : words,
    ),
    ...(hits.length > size && last && { next: positionIn(last, tiered) }),
  }
}

function positionIn(sort: estypes.SortResults, tiered: boolean): NonNullable<SearchPage['next']> {
  const [key, item] = sort.slice(-2) as [string | number, number]
  return { key, item, ...(tiered && { tier: sort[0] as number }) }
}

/** Results with a part of the abstract in which the words stand, or of a file where they do not stand there. */
async function withSnippets(ask: Ask, index: string, rows: Shown[], words: string): Promise<SearchResult[]> {
  const summaryOf = ({ summary }: Shown): ItemSummary => JSON.parse(summary)
  const sought = wordsIn(parseQuery(words))
  if (sought.length === 0) return rows.map(summaryOf)
  const marker = markerFor(words)
  const snippets = new Map<number, Pick<SearchResult, 'snippet' | 'file'>>()
  for (const { item, abstract } of rows) {
    const snippet = marker.snippet(abstract)
    if (snippet) snippets.set(item, { snippet })
  }
  const lacking = rows.flatMap(({ item }) => (snippets.has(item) ? [] : [item]))
  for (const { item, text, file } of await firstTexts(ask, index, lacking, sought)) {
    const snippet = marker.snippet(text)
    if (snippet) snippets.set(item, { snippet, file })
  }
  return rows.map((row) => ({ ...summaryOf(row), ...snippets.get(row.item) }))
}

/** Of items the first piece of a file in which one of the words stands. */
async function firstTexts(
  ask: Ask,
  index: string,
  items: number[],
  words: string[],
): Promise<{ item: number; text: string; file: string }[]> {
  if (items.length === 0) return []
  const { hits } = await ask((client) =>
    client.search({
      index,
      size: items.length,
      _source: false,
      query: {
        bool: {
          filter: [
            { ids: { values: items.map(String) } },
            {
              nested: {
                path: 'texts',
                query: inTexts(words),
                score_mode: 'none',
                inner_hits: {
                  size: 1,
                  _source: false,
                  stored_fields: ['texts.file', 'texts.text'],
                  sort: [{ 'texts.file': 'asc' }, { 'texts.piece': 'asc' }],
                },
              },
            },
          ],
        },
      },
    }),
  )
  return hits.hits.flatMap(({ _id, inner_hits }) => {
    const fields = inner_hits?.texts?.hits.hits[0]?.fields
    const [text, file] = [fields?.['texts.text']?.[0], fields?.['texts.file']?.[0]]
    return text === undefined ? [] : [{ item: Number(_id), text, file }]
  })
}
