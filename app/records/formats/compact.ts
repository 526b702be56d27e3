/** An object without what says nothing: undefined, empty texts, and lists in which nothing else is. */
export const compact = <T extends object>(object: T): T => {
  const said = Object.entries(object).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.filter((each) => !isNothing(each)) : value,
  ])
  return Object.fromEntries(said.filter(([, value]) => !isNothing(value))) as T
}

const isNothing = (value: unknown) =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** Each value once, by what it says. */
export const distinct = <T>(values: T[]): T[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
]
