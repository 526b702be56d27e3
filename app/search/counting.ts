import type { Count, Facet } from './port.ts'

/** Found items are counted to here: beyond, the exact number helps nobody and costs a scan. */
export const COUNTED = 10_000

/** A number that was counted to one more at most. */
export const limited = (count: number): Count => ({ value: Math.min(count, COUNTED), atLeast: count > COUNTED })

/** Values of a facet, the commonest first. Years are few, and a chart of them has gaps for nothing else. */
export const mostValues = (facet: Facet): number => (facet === 'year' ? 200 : 20)

/** ORCIDs shown of one name. */
export const MOST_ORCIDS = 3
