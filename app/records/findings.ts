import type { z } from 'zod'
import type { Record } from './model.ts'

/** What was found in a record from outside: which rule speaks, where, and what is wrong and allowed. */
export interface Finding {
  /** Stable name of the rule, such as `record.term`. */
  rule: string
  /**
   * `jpcoar:creator[2]/jpcoar:creatorName[1]` in XML (from 1), `creators[1].names[0]` in JSON and for rules of quality,
   * whatever the record came in (from 0), `/` for all.
   */
  path: string
  message: string
}

/** What came of reading one record: the record, or the errors for which it is refused; with warnings in either case. */
export type Reading =
  | { record: Record; errors: []; warnings: Finding[] }
  | { record: undefined; errors: Finding[]; warnings: Finding[] }

/** A broken record of a hundred thousand elements needs no hundred thousand findings. */
export const MOST = 100

/** Characters of a path at most: what is not known may have a name of any length. */
const LONGEST_PATH = 500

/**
 * The first hundred findings, and how many more there are.
 *
 * @param unsaid further findings that have not even been put into words.
 */
export function bounded(findings: Finding[], unsaid = 0): Finding[] {
  const said = findings
    .slice(0, MOST)
    .map((finding) =>
      finding.path.length > LONGEST_PATH ? { ...finding, path: shortened(finding.path, LONGEST_PATH) } : finding,
    )
  const more = findings.length - said.length + unsaid
  return more === 0 ? said : [...said, { rule: 'record.more', path: '/', message: `and ${more} more findings` }]
}

/** Not cut between the halves of a character outside the basic plane. */
const shortened = (text: string, most: number) =>
  text.length > most ? `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…` : text

/** The findings that an issue of the model amounts to; `pathOf` says where a place of the model lies in the source. */
export function findingsOf(issue: z.core.$ZodIssue, pathOf: (place: PropertyKey[]) => string): Finding[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      rule: 'record.unknown',
      path: pathOf([...issue.path, key]),
      message: 'is not a field of the record model',
    }))
  }
  return [{ ...verdict(issue), path: pathOf(issue.path) }]
}

function verdict(issue: z.core.$ZodIssue): { rule: string; message: string } {
  if (issue.input === undefined) return { rule: 'record.required', message: 'is missing' }
  if (issue.code === 'invalid_value') {
    return { rule: 'record.term', message: `is ${shown(issue.input)}; allowed are: ${issue.values.join(', ')}` }
  }
  if (issue.code === 'invalid_type') {
    return {
      rule: 'record.value',
      message: `is ${shown(issue.input)}; must be ${NOUNS[issue.expected] ?? issue.expected}`,
    }
  }
  if (issue.code === 'invalid_format') {
    return { rule: 'record.value', message: `is ${shown(issue.input)}; ${issue.message}` }
  }
  return { rule: 'record.value', message: issue.message }
}

const NOUNS: { readonly [expected: string]: string } = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  string: 'text',
}

/** A value as findings quote it, shortened. */
export function shown(input: unknown): string {
  if (Array.isArray(input)) return 'a list'
  if (typeof input === 'object' && input !== null) return 'an object'
  return shortened(JSON.stringify(input) ?? String(input), 80)
}
