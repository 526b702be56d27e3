/** Where a property stands in the inputs of a resource: keys, and places in lists. */
export type Path = (string | number)[]

/** A step of a pattern that is any key or any place. */
const ANY = '*'

/** A path as Pulumi writes it: `spec.containers[0].env["a.b"]`. */
export function shownPath(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`
      if (!/^[\w$-]+$/.test(step)) return `[${JSON.stringify(step)}]`
      return index === 0 ? step : `.${step}`
    })
    .join('')
}

/** Reads a path of `ignoreChanges` or `replaceOnChanges`, in which `*` is any key and `[*]` any place. */
export function parsePath(text: string): Path {
  return [...text.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|([^.[\]]+)/g)].map(
    ([, quoted, place, key = '']): string | number => {
      if (quoted !== undefined) return JSON.parse(`"${quoted}"`)
      return place === undefined || place === ANY ? (place ?? key) : Number(place)
    },
  )
}

/** Whether a path is what a pattern names, or inside it. */
export function isWithin(path: Path, pattern: Path): boolean {
  return pattern.length <= path.length && pattern.every((step, index) => step === ANY || step === path[index])
}

/** The value at a path; undefined where there is none. */
export function valueAt(inputs: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      value === null || typeof value !== 'object' ? undefined : (value as Record<string, unknown>)[step],
    inputs,
  )
}
