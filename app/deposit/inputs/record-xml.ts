import type { Reading } from '../../records/index.ts'

/** Bytes of one record's XML at most. */
export const LONGEST_XML = 20 * 2 ** 20

/** A record that is refused before it can be read. */
export const refused = (rule: string, message: string): Reading => ({
  record: undefined,
  errors: [{ rule, path: '/', message }],
  warnings: [],
})
