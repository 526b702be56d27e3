import type { CapturedResource, Evaluation } from '../evaluate/index.ts'

/** A component that seems to have got another name or parent without an alias: everything below it is made anew. */
export interface Move {
  type: string
  /** Names. */
  from: string
  to: string
  /** Resources that are removed with the one, and made anew with the other. */
  resources: number
}

type Evaluated = Pick<Evaluation, 'resources'>

/** Components that are gone while one alike has come, without those inside of others. */
export function findMoves(before: Evaluated, after: Evaluated): Move[] {
  const aliases = new Set(after.resources.flatMap(({ aliases: all }) => all))
  const [old, now] = [new Tree(before), new Tree(after)]
  const gone = old.components.filter(({ urn }) => !now.has(urn) && !aliases.has(urn))
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
    const { type, name } = component
    return [{ type, from: name, to: successor.name, resources: old.below(component.urn).length }]
  })
}

/** Resources by their parents. */
class Tree {
  /** Parents before their children. */
  readonly components: CapturedResource[]
  readonly #children: Map<string, CapturedResource[]>
  readonly #urns: Set<string>

  constructor({ resources }: Evaluated) {
    this.#children = Map.groupBy(resources, ({ parent }) => parent)
    this.#urns = new Set(resources.map(({ urn }) => urn))
    const depth = ({ urn }: CapturedResource) => urn.split('$').length
    this.components = resources
      .filter(({ custom, type }) => !custom && type !== 'pulumi:pulumi:Stack')
      .toSorted((a, b) => depth(a) - depth(b))
  }

  has(urn: string): boolean {
    return this.#urns.has(urn)
  }

  /** All that is not a component, at any depth. */
  below(urn: string): CapturedResource[] {
    return (this.#children.get(urn) ?? []).flatMap((child) => [
      ...(child.custom ? [child] : []),
      ...this.below(child.urn),
    ])
  }

  /** What a component is made of, whatever the names. */
  shape(urn: string): string {
    return this.below(urn)
      .map(({ type }) => type)
      .toSorted()
      .join()
  }
}
