import { bounded, type Finding, findingsOf, MOST, type Reading } from './findings.ts'
import { Record } from './model.ts'

/** Reads a record that arrives as JSON (already parsed). Unknown fields are errors: nothing is dropped unseen. */
export function parseRecord(json: unknown): Reading {
  const message = tooMuch(json)
  if (message) return { record: undefined, errors: [{ rule: 'record.size', path: '/', message }], warnings: [] }
  return fitToModel(json, jsonPath)
}

/**
 * Holds a candidate against the model.
 * @param pathOf says where a place of the model lies in the source, for the findings.
 * @param found what the reader of the source has found already; an error there refuses the record too.
 */
export function fitToModel(
  candidate: unknown,
  pathOf: (place: PropertyKey[]) => string,
  found: { errors: Finding[]; warnings: Finding[] } = { errors: [], warnings: [] },
): Reading {
  const parsed = Record.safeParse(candidate, { reportInput: true })
  const issues = parsed.error?.issues ?? []
  const misfits = issues.slice(0, MOST + 1).flatMap((issue) => findingsOf(issue, pathOf))
  const errors = bounded([...found.errors, ...misfits], Math.max(0, issues.length - MOST - 1))
  const warnings = bounded(found.warnings)
  if (parsed.data === undefined || errors.length > 0) return { record: undefined, errors, warnings }
  return { record: parsed.data, errors: [], warnings }
}

/** `['creators', 1, 'names', 0]` → `creators[1].names[0]`. */
function jsonPath(place: PropertyKey[]): string {
  const path = place.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('')
  return path.replace(/^\./, '') || '/'
}

/** Values and levels of one record at most: checking a record must not cost more than reading it did. */
const MOST_VALUES = 100_000
const DEEPEST = 20

/** Why a value is not worth checking, found out without going down into it by calls. */
function tooMuch(json: unknown): string | undefined {
  let count = 0
  let level = [json]
  for (let depth = 0; level.length > 0; depth++) {
    count += level.length
    if (count > MOST_VALUES) return `holds more than ${MOST_VALUES} values`
    if (depth > DEEPEST) return `is deeper than ${DEEPEST} levels`
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []))
  }
  return undefined
}
