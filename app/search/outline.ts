import { kept } from '../platform/kept.ts'
import type { Tenant } from '../tenancy/index.ts'

/** Milliseconds for which it is kept. */
const OUTLINE_KEPT = 60_000

/** What the public finds in an institution, in outline. */
export interface Outline {
  /** Types of items, the commonest first. */
  types: string[]
  /** Years of issue, the last first. */
  years: string[]
}

/** Types and years by which a reader may begin to look round; as they were a minute ago at most. */
export const outline = kept(OUTLINE_KEPT, async ({ search }: Tenant): Promise<Outline> => {
  const { counts } = await search.search({ words: '', statuses: ['public'], size: 1, counts: true })
  const valuesOf = (facet: 'type' | 'year') => counts?.[facet].values.map(({ value }) => value) ?? []
  return { types: valuesOf('type'), years: valuesOf('year').sort().reverse() }
})
