import type { CapturedResource, Evaluation } from '../evaluate/index.ts'
import type { Acceptance, AcceptedChanges } from './accepted.ts'
import { cellsOf } from './leaving.ts'

/** A component that seems to have got another name or parent without an alias: everything below it is made anew. */
export interface Move {
  type: string
  /** Names. */
  from: string
  to: string
  /** Of the one that is gone. */
  urn: string
  /** Resources that are removed with the one, and made anew with the other; absent where a provider makes them. */
  resources?: number
  /** That it is meant, as `policies/changes.json` says with the URN and `replace`. */
  acceptance?: Acceptance
}

type Evaluated = Pick<Evaluation, 'resources'>

/** Components that are gone while one alike has come, without those inside of others. */
export function findMoves(before: Evaluated, after: Evaluated, accepted: AcceptedChanges): Move[] {
  const aliases = new Set(after.resources.flatMap(({ aliases: all }) => all))
  const [old, now] = [new Tree(before), new Tree(after)]
  const gone = old.components.filter(({ urn }) => !now.has(urn) && !aliases.has(urn) && old.shape(urn) !== '')
  const come = now.components.filter(
    (component) => !old.has(component.urn) && !component.aliases.some((urn) => old.has(urn)),
  )
  const moved = new Set<string>()
  return gone.flatMap((component) => {
    const inside = moved.has(component.parent)
    const alike = come.filter(
      ({ urn, type, name }) =>
        !moved.has(urn) &&
        type === component.type &&
        (name === component.name || now.shape(urn) === old.shape(component.urn)),
    )
    const successor = alike.find(({ name }) => name === component.name) ?? alike[0]
    if (inside || successor) moved.add(component.urn)
    if (inside || !successor) return []
    moved.add(successor.urn)
    const { type, name, urn } = component
    const resources = old.below(urn).length
    const acceptance = accepted.of(urn, 'replace')
    return [
      {
        ...{ type, from: name, to: successor.name, urn },
        ...(resources > 0 ? { resources } : {}),
        ...(acceptance ? { acceptance } : {}),
      },
    ]
  })
}

/** Resources by their parents. */
class Tree {
  /** Parents before their children. */
  readonly components: CapturedResource[]
  readonly #children: Map<string, CapturedResource[]>
  readonly #byUrn: Map<string, CapturedResource>

  constructor({ resources }: Evaluated) {
    this.#children = Map.groupBy(resources, ({ parent }) => parent)
    this.#byUrn = new Map(resources.map((resource) => [resource.urn, resource]))
    const depth = ({ urn }: CapturedResource) => urn.split('$').length
    this.components = resources
      .filter(({ custom, type }) => !custom && type !== 'pulumi:pulumi:Stack')
      .toSorted((a, b) => depth(a) - depth(b))
  }

  has(urn: string): boolean {
    return this.#byUrn.has(urn)
  }

  /** All that is not a component, at any depth. */
  below(urn: string): CapturedResource[] {
    return (this.#children.get(urn) ?? []).flatMap((child) => [
      ...(child.custom ? [child] : []),
      ...this.below(child.urn),
    ])
  }

  /**
   * What a component is made of, whatever the names but those of cells. Where a provider makes what it holds, what it is
   * given; nothing if it holds nothing.
   */
  shape(urn: string): string {
    const below = this.below(urn)
    const given = this.#byUrn.get(urn)?.inputs ?? {}
    if (below.length === 0) return Object.keys(given).length === 0 ? '' : JSON.stringify(given)
    return below
      .flatMap((resource) => [resource.type, ...cellsOf(resource)])
      .toSorted()
      .join()
  }
}
