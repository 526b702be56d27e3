import { type CapturedResource, reveal } from '../../tools/evaluate/index.ts'

/** The smallest change of a captured stack that breaks one rule. */
export type Mutation =
  | ((stack: Mutant) => void)
  | {
      by: (stack: Mutant) => void
      /** Rules that the same change breaks as well, as `<pack>/<rule>`: what they ask for is the same in part. */
      also: string[]
    }

/** By the name of a rule. */
export type Mutations = Record<string, Mutation>

/** A copy of a captured stack that can be changed; the captured one stays as it is. */
export class Mutant {
  readonly #resources: Map<string, CapturedResource>
  readonly #changed = new Map<string, CapturedResource>()

  constructor(resources: CapturedResource[]) {
    this.#resources = new Map(resources.map((resource) => [resource.name, resource]))
  }

  /** All resources, the changed ones among them. */
  get resources(): CapturedResource[] {
    return [...this.#resources.values()]
  }

  get changed(): CapturedResource[] {
    return [...this.#changed.values()]
  }

  /**
   * Changes a resource: `by` gets its inputs, secrets opened, and the resource, whose links and options it may change.
   *
   * @throws Error if there is no such resource, or nothing of it is changed.
   */
  // biome-ignore lint/suspicious/noExplicitAny: a change reaches into inputs of every type, which the rules read typed.
  change(name: string, by: (inputs: any, resource: CapturedResource) => void): void {
    const found = this.#resources.get(name)
    if (!found) throw new Error(`${name} is not declared`)
    const { inputs, outputs, ...rest } = found
    const changed: CapturedResource = {
      ...structuredClone(rest),
      inputs: structuredClone(reveal(inputs)) as Record<string, unknown>,
      outputs: {},
    }
    const before = JSON.stringify(changed)
    by(changed.inputs, changed)
    if (JSON.stringify(changed) === before) throw new Error(`nothing of ${name} is changed`)
    changed.outputs = found.custom ? { ...(reveal(outputs) as object), ...changed.inputs } : changed.inputs
    this.#put(changed)
  }

  /** Adds a resource like another under a new name, below the same parent; `by` changes its inputs. */
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  copy(name: string, as: string, by: (inputs: any, resource: CapturedResource) => void = () => {}): void {
    const found = this.#resources.get(name)
    if (!found) throw new Error(`${name} is not declared`)
    const inputs = structuredClone(reveal(found.inputs)) as Record<string, unknown>
    const { inputs: _inputs, outputs: _outputs, ...rest } = found
    const copied: CapturedResource = {
      ...structuredClone(rest),
      name: as,
      urn: `${found.urn.slice(0, found.urn.lastIndexOf('::'))}::${as}`,
      inputs,
      outputs: {},
    }
    by(inputs, copied)
    copied.outputs = inputs
    this.#put(copied)
  }

  /** Adds a resource of a type that the stack may not have; it is marked as all of ours are. */
  add(type: string, name: string, inputs: Record<string, unknown>, given: Partial<CapturedResource> = {}): void {
    const root = this.resources.find(({ type }) => type === 'pulumi:pulumi:Stack') as CapturedResource
    const { inputs: _inputs, outputs: _outputs, ...rest } = root
    const marked = marks(inputs, type)
    this.#put({
      ...structuredClone(rest),
      type,
      name,
      urn: `${root.urn.split('::').slice(0, 2).join('::')}::${type}::${name}`,
      parent: root.urn,
      custom: true,
      ...given,
      inputs: marked,
      outputs: marked,
    })
  }

  /** @throws Error if there is no such resource. */
  remove(name: string): void {
    if (!this.#resources.delete(name)) throw new Error(`${name} is not declared`)
    this.#changed.delete(name)
  }

  #put(resource: CapturedResource): void {
    this.#resources.set(resource.name, resource)
    this.#changed.set(resource.name, resource)
  }
}

function marks(inputs: Record<string, unknown>, type: string): Record<string, unknown> {
  const of = { environment: 'prod', component: 'kura-mutant' }
  if (type.startsWith('oci:')) return { freeformTags: { project: 'kura', ...of }, ...inputs }
  const { metadata, ...rest } = inputs as { metadata?: { labels?: object } }
  const labels = { 'app.kubernetes.io/part-of': 'kura', 'kura/environment': 'prod', 'kura/component': 'kura-mutant' }
  return { ...rest, metadata: { ...metadata, labels: { ...labels, ...metadata?.labels } } }
}
