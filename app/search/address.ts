import { facets, type Sort, sorts } from './port.ts'
import { pageSizes, type Search } from './search.ts'

/** The path and query of a search: every state of it has an address, below each path that takes the same parameters. */
export function addressOf(
  { words, chosen, from, to, sort, size }: Search,
  more: { [name: string]: string | undefined } = {},
  path = '/search',
): string {
  const parameters = new URLSearchParams()
  if (words !== '') parameters.set('q', words)
  for (const facet of facets) for (const value of chosen[facet] ?? []) parameters.append(facet, value)
  for (const [name, value] of Object.entries({ from, to, sort, size, ...more }))
    if (value !== undefined) parameters.set(name, String(value))
  return parameters.size > 0 ? `${path}?${parameters}` : path
}

const MOST_VALUES = 50
const LONGEST_VALUE = 500

/** Whether a collection could have it. */
const isId = (value: string) => /^[1-9]\d{0,8}$/.test(value)

/** What an address asks for. What cannot be is left out: a reader may have typed it. */
export function searchIn(parameters: URLSearchParams): Search {
  const dateIn = (name: string) =>
    parameters
      .get(name)
      ?.normalize('NFKC')
      .trim()
      .match(/^\d{4}(-\d{2}){0,2}$/)?.[0]
  const valuesOf = (name: string) =>
    [...new Set(parameters.getAll(name))]
      .filter((value) => value.length <= LONGEST_VALUE && /^\P{Cc}+$/u.test(value))
      .slice(0, MOST_VALUES)
  const chosen = facets
    .map((facet) => [facet, valuesOf(facet).filter((value) => facet !== 'collection' || isId(value))] as const)
    .filter(([, values]) => values.length > 0)
  const sort = sorts.find((sort): sort is Sort => sort === parameters.get('sort'))
  return {
    words: (parameters.get('q') ?? '').trim(),
    chosen: Object.fromEntries(chosen),
    from: dateIn('from'),
    to: dateIn('to'),
    sort,
    size: pageSizes.find((size, i) => i > 0 && String(size) === parameters.get('size')),
  }
}
