import type { estypes } from '@elastic/elasticsearch'
import { COUNTED, limited } from '../counting.ts'
import { NO_DATE } from '../order.ts'
import type { SearchPage, SearchQuery, Sort } from '../port.ts'
import { parseQuery } from '../query.ts'
import { type Ask, statusOf } from './connection.ts'
import { counting, countsIn } from './counts.ts'
import { choices, limitsOf, scoring, TIER } from './match.ts'
import { snippetsOf } from './snippets.ts'

/** How long a state of the index is kept after a page of it. */
const KEPT = '5m'
/** The answers where a state is over, another's, or made up. */
const OVER = [400, 403, 404]

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
  /** An index of an earlier release is without. */
  written?: { abstract: string }
}

/** A page of what a query finds. */
export async function search(ask: Ask, index: string, request: SearchQuery): Promise<SearchPage> {
  const { words, size, after, bare = false, counts = false, forms = false } = request
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
  const found = query && scoring(query, forms)
  const { answer, state } = await inOneState(
    ask,
    index,
    after?.state,
    (hits) => tiered && found !== undefined && endsAlike(hits, size),
    {
      size: size + 1,
      _source: ['item', 'summary', 'written.abstract'],
      query: {
        bool: {
          must: found ? [found] : [],
          filter: limitsOf(asked),
        },
      },
      // The facets are counted among what their own choices leave out.
      post_filter: { bool: { filter: choices(asked) } },
      sort: order,
      ...(after && { search_after: [...(tiered ? [after.tier ?? 0] : []), after.key, after.item] }),
      track_total_hits: bare ? false : COUNTED + 1,
      ...(counts && { aggs: counting(asked) }),
    },
  )
  const { hits, total } = answer.hits
  const shown = hits.slice(0, size)
  const rows = shown.flatMap(({ _source }) => (_source ? [_source] : []))
  const abstracts = rows.map(({ item, written }) => ({ item, abstract: written?.abstract ?? '' }))
  const snippets = bare ? undefined : await snippetsOf(ask, index, abstracts, words, forms)
  const last = shown.at(-1)?.sort
  return {
    total:
      typeof total === 'object'
        ? limited(total.value)
        : { value: shown.length, atLeast: hits.length > size || after !== undefined },
    ...(answer.aggregations && { counts: countsIn(answer.aggregations) }),
    results: rows.map(({ item, summary }) => ({ ...JSON.parse(summary), ...snippets?.get(item) })),
    ...(hits.length > size && last && { next: positionIn(last, tiered, state) }),
  }
}

type Hits = estypes.SearchHit<Shown>[]

/** Whether another page begins among items that are merely alike. */
const endsAlike = (hits: Hits, size: number) => hits.length > size && (hits[size - 1]?.sort?.[0] as number) < TIER

/**
 * Searches the index as it is; or, where a page after this one depends on it, in a state that is kept for as long as
 * readers go on. How much is alike changes with every document: pages in different states would lose items. Where words
 * stand does not, and needs nothing to be kept.
 *
 * @param state the one that the page before was found in. It may be over by now, or was never there: an address says it.
 */
async function inOneState(
  ask: Ask,
  index: string,
  state: string | undefined,
  matters: (hits: Hits) => boolean,
  body: estypes.SearchRequest,
): Promise<{ answer: estypes.SearchResponse<Shown>; state?: string | undefined }> {
  return await ask(async (client) => {
    const within = async (id: string) => {
      const answer = await client.search<Shown>({ ...body, pit: { id, keep_alive: KEPT } })
      return { answer, state: answer.pit_id ?? id }
    }
    if (state !== undefined)
      try {
        return await within(state)
      } catch (error) {
        if (!OVER.includes(statusOf(error) ?? 0)) throw error
      }
    const answer = await client.search<Shown>({ ...body, index })
    if (!matters(answer.hits.hits)) return { answer }
    const { id } = await client.openPointInTime({ index, keep_alive: KEPT })
    return await within(id)
  })
}

function positionIn(
  sort: estypes.SortResults,
  tiered: boolean,
  state: string | undefined,
): NonNullable<SearchPage['next']> {
  const [tier, key, item] = (tiered ? sort : [undefined, ...sort]) as [number | undefined, string | number, number]
  return { key, item, ...(tiered && { tier }), ...(state !== undefined && { state }) }
}
