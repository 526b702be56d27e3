import { bounded, type Finding, findingsOf, type Reading } from './findings.ts'
import { Record } from './model.ts'

/** Reads a record that arrives as JSON (already parsed). Unknown fields are errors: nothing is dropped unseen. */
export function parseRecord(json: unknown): Reading {
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
  const misfits = (parsed.error?.issues ?? []).flatMap((issue) => findingsOf(issue, pathOf))
  const errors = bounded([...found.errors, ...misfits])
  const warnings = bounded(found.warnings)
  if (parsed.data === undefined || errors.length > 0) return { record: undefined, errors, warnings }
  return { record: parsed.data, errors: [], warnings }
}

/** `['creators', 1, 'names', 0]` → `creators[1].names[0]`. */
function jsonPath(place: PropertyKey[]): string {
  const path = place.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('')
  return path.replace(/^\./, '') || '/'
}
