import type { CapturedResource } from '../../tools/evaluate/index.ts'

/**
 * What is made before what. A resource waits for its dependencies. Pulumi's Node SDK (3.259) turns a dependency on a part
 * into one on all that it makes, and registers what a part makes only once the part itself is registered, which waits
 * for the part's own dependencies: so a resource waits for those too, although none is recorded with it.
 */
export class Waiting {
  readonly #byUrn: Map<string, CapturedResource>
  readonly #known = new Map<string, Set<string>>()

  constructor(resources: CapturedResource[]) {
    this.#byUrn = new Map(resources.map((resource) => [resource.urn, resource]))
  }

  /** Whether one is made only when the other is there. */
  waits(one: CapturedResource, other: CapturedResource): boolean {
    return this.#before(one.urn).has(other.urn)
  }

  #before(urn: string): Set<string> {
    const known = this.#known.get(urn)
    if (known) return known
    const before = new Set<string>()
    const open = [urn]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { dependencies = [], parent = '' } = this.#byUrn.get(next) ?? {}
      for (const earlier of [...dependencies, ...(parent === '' ? [] : [parent])])
        if (!before.has(earlier)) {
          before.add(earlier)
          open.push(earlier)
        }
    }
    this.#known.set(urn, before)
    return before
  }
}
