import type { CapturedResource } from '../evaluate/index.ts'

/** A resource of now with the one that it was, if it was one. */
export type Matched = [before: CapturedResource | undefined, after: CapturedResource]

/**
 * Finds what each resource was: by its URN, by its aliases, or because its parent was found by one. The SDK makes aliases
 * for the children of what has one, the engine for all below, so that is done here.
 */
export function match(before: CapturedResource[], after: CapturedResource[]): Matched[] {
  const earlier = new Map(before.map((resource) => [resource.urn, resource]))
  const later = new Map(after.map((resource) => [resource.urn, resource]))
  const found = new Map<string, CapturedResource | undefined>()
  const was = (resource: CapturedResource): CapturedResource | undefined => {
    const { urn, parent, aliases } = resource
    if (!found.has(urn)) {
      const above = later.get(parent)
      const parentWas = above && was(above)
      const inherited = above && parentWas && parentWas.urn !== parent ? [below(parentWas, above, resource)] : []
      const alias = [...aliases, ...inherited].find((one) => earlier.has(one) && !later.has(one))
      found.set(urn, earlier.get(urn) ?? earlier.get(alias ?? ''))
    }
    return found.get(urn)
  }
  return after.map((resource) => [was(resource), resource])
}

/** The URN that a child had when its parent was called otherwise: names of children start with their parents' as a rule. */
function below(parentWas: CapturedResource, parent: CapturedResource, { type, name }: CapturedResource): string {
  const [start, types] = [parentWas.urn.split('::', 2).join('::'), parentWas.urn.split('::')[2]]
  const nameWas = name.startsWith(parent.name) ? parentWas.name + name.slice(parent.name.length) : name
  return `${start}::${types}$${type}::${nameWas}`
}
