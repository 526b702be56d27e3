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

/**
 * Why a text is not worth being parsed as JSON: of a million keys or of millions of lists in each other, parsing alone
 * takes seconds, in which nobody else is served. What stands in strings does not count.
 */
export function jsonTooMuch(text: string): string | undefined {
  let count = 0
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '"') at = endOfString(text, at)
    else if (character === ',') count++
    else if (character === '[' || character === '{') {
      count++
      depth++
    } else if (character === ']' || character === '}') depth--
    if (count > 2 * MOST_VALUES) return `holds more than ${MOST_VALUES} values`
    if (depth > 5 * DEEPEST) return `is deeper than ${DEEPEST} levels`
  }
  return undefined
}

/** Where the string that begins here ends: at the next quotation mark before which there is no odd backslash. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0
    while (text[end - 1 - backslashes] === '\\') backslashes++
    if (backslashes % 2 === 0) return end
  }
  return text.length
}

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
