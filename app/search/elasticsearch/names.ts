import type { estypes } from '@elastic/elasticsearch'
import { eachOf } from '../../platform/each.ts'
import { MOST_ORCIDS } from '../counting.ts'
import { initials, keysLike, keysUnder, type Listed } from '../names.ts'
import type { ListedName, NamePosition, NamesPage, NamesQuery } from '../port.ts'
import type { Ask } from './connection.ts'
import type { Name } from './note-names.ts'
import { givenOrcid } from './put.ts'

/** Names of one initial that are looked at together with those of all others. */
const SAMPLE = 10
/** Searches at a time for one reader. */
const AT_ONCE = 4

type Clause = estypes.QueryDslQueryContainer
type Counted = Pick<NamesQuery, 'facet' | 'statuses'>

/** A page of names, in their order. */
export async function findNames(ask: Ask, index: string, query: NamesQuery): Promise<NamesPage> {
  const { prefix, from, after, size } = query
  const conditions: Clause[] = []
  if (from !== undefined) conditions.push({ range: { 'name.key': { gte: keysUnder(from)[0] } } })
  if (prefix !== undefined) {
    const [gte, lt] = keysLike(prefix)
    // As they are read, or as they are written where that is something else.
    conditions.push({
      bool: { should: [{ range: { 'name.key': { gte, lt } } }, { range: { 'name.written': { gte, lt } } }] },
    })
  }
  const names: ListedName[] = []
  for await (const name of countedNames(ask, index, query, conditions, size + 1, after)) {
    names.push(name)
    if (names.length > size) break
  }
  const last = names.length > size ? names[size - 1] : undefined
  return { names: names.slice(0, size), ...(last && { next: { key: last.key, value: last.value } }) }
}

/** Names that items have now, in their order; those that none has any more are passed over. */
async function* countedNames(
  ask: Ask,
  index: string,
  query: Counted,
  conditions: Clause[],
  size: number,
  after?: NamePosition,
): AsyncGenerator<ListedName> {
  for (let behind = after; ; ) {
    const { hits } = await ask((client) =>
      client.search<{ name: Name }>({
        index,
        size,
        track_total_hits: false,
        query: { bool: { filter: [{ term: { 'name.facet': query.facet } }, ...conditions] } },
        sort: [{ 'name.key': 'asc' }, { 'name.value': 'asc' }],
        ...(behind && { search_after: [behind.key, behind.value] }),
      }),
    )
    const names = hits.hits.flatMap(({ _source }) => (_source ? [_source.name] : []))
    const counts = await countItems(ask, index, query, names)
    for (const { value, key } of names) {
      const count = counts.get(value)
      if (count) yield { value, key, ...count }
    }
    behind = names.at(-1)
    if (names.length < size) return
  }
}

/** How many items have names, and the ORCIDs that these give to them. */
async function countItems(
  ask: Ask,
  index: string,
  { facet, statuses }: Counted,
  names: Pick<Name, 'value' | 'orcids'>[],
): Promise<Map<string, { items: number; orcids: string[] }>> {
  if (names.length === 0) return new Map()
  const values = names.map(({ value }) => value)
  const given = names.flatMap(({ value, orcids }) => orcids.map((orcid) => givenOrcid(value, orcid)))
  const field = `facets.${facet}`
  const { aggregations } = await ask((client) =>
    client.search({
      index,
      size: 0,
      track_total_hits: false,
      query: { bool: { filter: [{ terms: { status: statuses } }, { terms: { [field]: values } }] } },
      aggs: {
        names: { terms: { field, include: values, size: values.length } },
        ...(given.length > 0 && { orcids: { terms: { field: 'orcids', include: given, size: given.length } } }),
      },
    }),
  )
  const { names: found, orcids } = aggregations as unknown as { [name: string]: Buckets | undefined }
  const present = new Set(orcids?.buckets.map(({ key }) => key))
  return new Map(
    found?.buckets.map(({ key, doc_count }) => {
      const noted = names.find(({ value }) => value === key)?.orcids ?? []
      const those = noted.filter((orcid) => present.has(givenOrcid(key, orcid)))
      return [key, { items: doc_count, orcids: those.sort().slice(0, MOST_ORCIDS) }]
    }),
  )
}

/** The initials under which there are names that items have now. */
export async function findInitials(ask: Ask, index: string, query: Counted): Promise<string[]> {
  const samples = await sampleNames(ask, index, query.facet)
  const counts = await countItems(ask, index, query, [...samples.values()].flat())
  const found = new Set<string>()
  // Where none of the sample has items, another name of the initial may.
  await eachOf(samples, AT_ONCE, async ([initial, names]) => {
    const [gte, lt] = keysUnder(initial)
    const condition = { range: { 'name.key': { gte, lt } } }
    if (names.some(({ value }) => counts.has(value))) found.add(initial)
    else if (names.length === SAMPLE)
      for await (const _ of countedNames(ask, index, query, [condition], 10 * SAMPLE)) {
        found.add(initial)
        break
      }
  })
  return initials.filter((initial) => found.has(initial))
}

/** Some names of each initial. */
async function sampleNames(
  ask: Ask,
  index: string,
  facet: Listed,
): Promise<Map<string, { value: string; orcids: [] }[]>> {
  const { aggregations } = await ask((client) =>
    client.search({
      index,
      size: 0,
      track_total_hits: false,
      query: { bool: { filter: [{ term: { 'name.facet': facet } }] } },
      aggs: {
        initials: {
          terms: { field: 'name.initial', size: initials.length },
          aggs: { sample: { top_hits: { size: SAMPLE, _source: ['name.value'] } } },
        },
      },
    }),
  )
  const { buckets } = (aggregations as unknown as { initials: { buckets: Sample[] } }).initials
  return new Map(
    buckets.map(({ key, sample }) => [
      key,
      sample.hits.hits.map(({ _source }) => ({ value: _source.name.value, orcids: [] })),
    ]),
  )
}

interface Buckets {
  buckets: { key: string; doc_count: number }[]
}

interface Sample {
  key: string
  sample: { hits: { hits: { _source: { name: { value: string } } }[] } }
}
