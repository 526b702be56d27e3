import { MODEL_VERSION, Record, type RecordInput } from './model.ts'

/** Step n lifts what model version n+1 stored to version n+2. A step is added with each new {@link MODEL_VERSION}. */
const upcasts: readonly ((stored: unknown) => unknown)[] = []

/** The record as it is stored beside {@link MODEL_VERSION}: JSON without the lists and fields that say nothing. */
export function storableRecord(record: Record): RecordInput {
  return withoutNothing(record) as RecordInput
}

/**
 * The record behind what was stored under a model version; the inverse of {@link storableRecord}.
 * @throws RangeError for a version that this release does not know, ZodError for what never was a record.
 */
export function restoreRecord(stored: unknown, version: number): Record {
  if (!Number.isInteger(version) || version < 1 || version > MODEL_VERSION) {
    throw new RangeError(`A record of model version ${version} was stored; this release knows 1 to ${MODEL_VERSION}`)
  }
  return Record.parse(upcasts.slice(version - 1).reduce((value, upcast) => upcast(value), stored))
}

function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNothing)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(
    ([, part]) => part !== undefined && !(Array.isArray(part) && part.length === 0),
  )
  return Object.fromEntries(kept.map(([field, part]) => [field, withoutNothing(part)]))
}
