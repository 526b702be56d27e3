import type { PolicyResource } from '@pulumi/policy'
import { type Kind, type PropsOf, typeOf, typesOf } from './kind.ts'

/** A resource of a stack, with the properties of its kind. */
export interface Declared<K extends Kind> {
  name: string
  urn: string
  props: PropsOf<K>
  resource: PolicyResource
}

/** All resources of a stack, by their kinds and by what they refer to. */
export class Stack {
  readonly resources: PolicyResource[]
  readonly #byType: Map<string, PolicyResource[]>

  constructor(resources: PolicyResource[]) {
    this.resources = resources
    this.#byType = Map.groupBy(resources, ({ type }) => type)
  }

  /** Resources of a kind, or of several. */
  of<K extends Kind>(kinds: K | K[]): Declared<K>[] {
    return [kinds]
      .flat()
      .flatMap((kind) => this.#byType.get(typeOf(kind)) ?? [])
      .map(declared<K>)
  }

  /** Resources that change a part of what is of a kind, or of several, as if they were of that kind. */
  patchesOf<K extends Kind>(kinds: K | K[]): Declared<K>[] {
    const patches = (kind: Kind) => {
      const [type, patch = ''] = typesOf(kind)
      return (this.#byType.get(patch) ?? []).map((resource) => ({ ...resource, type }))
    }
    return [kinds]
      .flat()
      .flatMap(patches)
      .map(declared<K>)
  }

  /**
   * Resources of a kind that a property of another gets its value from: an identifier is compared by where it comes
   * from, so that it need not be known yet.
   *
   * @param property name of an input at the top, such as `subnetId`
   */
  linked<K extends Kind>({ resource }: { resource: PolicyResource }, property: string, kind: K): Declared<K>[] {
    const type = typeOf(kind)
    return (resource.propertyDependencies[property] ?? []).filter((target) => target.type === type).map(declared<K>)
  }
}

function declared<K extends Kind>(resource: PolicyResource): Declared<K> {
  return { name: resource.name, urn: resource.urn, props: resource.props as PropsOf<K>, resource }
}
