type Json = unknown

const isObject = (value: Json): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A document with a JSON merge patch laid over it (RFC 7396): `null` takes a member away, an object is laid over what is
 * there, anything else replaces it. Neither of the two is changed.
 */
export function mergePatch(document: Json, patch: Json): Json {
  if (!isObject(patch)) return patch
  // A map and not an object: a member may be called `__proto__`.
  const merged = new Map(isObject(document) ? Object.entries(document) : [])
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name)
    else merged.set(name, mergePatch(merged.get(name), value))
  }
  return Object.fromEntries(merged)
}
