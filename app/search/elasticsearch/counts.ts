import type { estypes } from '@elastic/elasticsearch'
import { mostValues } from '../counting.ts'
import { type Facet, type FacetCounts, facets, type SearchPage, type SearchQuery } from '../port.ts'
import { choices, hiddenCollections } from './match.ts'

type Aggregations = Record<string, estypes.AggregationsAggregationContainer>

/**
 * What counts the facets: the values of each among the items that all choices but its own leave. Those that were chosen
 * are counted by themselves, too: they are shown however few have them.
 */
export function counting(query: SearchQuery): Aggregations {
  const hidden = hiddenCollections(query)
  const of = (facet: Facet): Aggregations => {
    const field = `facets.${facet}`
    const chosen = chosenOf(query, facet)
    return {
      common: {
        terms: {
          field,
          size: mostValues(facet),
          order: [{ _count: 'desc' }, { _key: 'asc' }],
          ...(facet === 'collection' && hidden.length > 0 && { exclude: hidden }),
        },
      },
      ...(chosen.length > 0 && { chosen: { terms: { field, include: chosen, size: chosen.length } } }),
    }
  }
  return Object.fromEntries(
    facets.map((facet) => [facet, { filter: { bool: { filter: choices(query, facet) } }, aggs: of(facet) }]),
  )
}

/** The counts of {@link counting}. */
export function countsIn(answer: Record<string, estypes.AggregationsAggregate>): NonNullable<SearchPage['counts']> {
  const of = (facet: Facet): FacetCounts => {
    const { common, chosen } = answer[facet] as unknown as { common: Terms; chosen?: Terms }
    const first = chosen?.buckets ?? []
    const values = [...first, ...common.buckets.filter(({ key }) => !first.some((each) => each.key === key))]
    return {
      values: values.slice(0, mostValues(facet)).map(({ key, doc_count }) => ({ value: key, count: doc_count })),
      // Counted of all that are found.
      atLeast: false,
    }
  }
  return Object.fromEntries(facets.map((facet) => [facet, of(facet)])) as NonNullable<SearchPage['counts']>
}

const chosenOf = (query: SearchQuery, facet: Facet): string[] => {
  const hidden = facet === 'collection' ? hiddenCollections(query) : []
  return (query.chosen?.[facet] ?? []).filter((value) => !hidden.includes(value))
}

interface Terms {
  buckets: { key: string; doc_count: number }[]
}
