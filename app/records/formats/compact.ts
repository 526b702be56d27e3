/** An object without what says nothing: undefined, empty texts, and lists in which nothing else is. */
export function compact<T extends object>(object: T): T {
  const said: { [name: string]: unknown } = {}
  for (const [name, value] of Object.entries(object)) {
    const kept = Array.isArray(value) && value.some(isNothing) ? value.filter((each) => !isNothing(each)) : value
    if (!isNothing(kept)) said[name] = kept
  }
  return said as T
}

const isNothing = (value: unknown) =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** Each value once, by what it says. */
export const distinct = <T>(values: T[]): T[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
]
