/** A JSON value. */
type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/**
 * Applies a merge patch (RFC 7396): an object is merged field by field, null takes a field away, and anything else, a
 * list too, takes the place of what was there.
 */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch
  const merged = new Map(Object.entries(isObject(target) ? target : {}))
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name)
    else merged.set(name, mergePatch(merged.get(name), value))
  }
  return Object.fromEntries(merged)
}

const isObject = (value: Json | undefined): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
