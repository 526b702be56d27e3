/**
 * A value that the program marked secret. It never shows itself in text or JSON, so that a dump of what was captured
 * cannot leak it; {@link reveal} takes the values out.
 */
export class Secret {
  readonly #value: unknown

  constructor(value: unknown) {
    this.#value = value
  }

  get value(): unknown {
    return this.#value
  }

  toString(): string {
    return '[secret]'
  }

  toJSON(): string {
    return '[secret]'
  }
}

/** The same structure with every secret replaced by its value. */
export function reveal(value: unknown): unknown {
  if (value instanceof Secret) return reveal(value.value)
  if (Array.isArray(value)) return value.map(reveal)
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, reveal(inner)]))
  return value
}

/** The key, and its value for secrets, by which Pulumi marks special values on the wire (sdk/proto, "Special keys"). */
const SIGNATURE = '4dabf18193072939515e22adb298388d'
const SECRET = '1b47061264138c4ac30d75fd1eb44270'

/** Reads what came over the wire: marked values become {@link Secret}s. */
export function fromWire(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromWire)
  if (value === null || typeof value !== 'object') return value
  const object = value as Record<string, unknown>
  if (object[SIGNATURE] === SECRET) return new Secret(fromWire(object.value))
  return Object.fromEntries(Object.entries(object).map(([key, inner]) => [key, fromWire(inner)]))
}

/** The inverse of {@link fromWire}. */
export function toWire(value: unknown): unknown {
  if (value instanceof Secret) return { [SIGNATURE]: SECRET, value: toWire(value.value) }
  if (Array.isArray(value)) return value.map(toWire)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toWire(inner)]))
}
