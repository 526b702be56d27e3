import { type CapturedResource, type Evaluation, reveal } from '../evaluate/index.ts'

/** What is read of a resource, with secrets opened: nothing of them may be printed. */
export type DeclaredResource = Pick<
  CapturedResource,
  'type' | 'name' | 'urn' | 'id' | 'parent' | 'inputs' | 'outputs' | 'propertyDependencies'
>

/** What a stack declares, by type. */
export class Declared {
  readonly all: DeclaredResource[]
  readonly #byType: Map<string, DeclaredResource[]>
  readonly #byUrn: Map<string, DeclaredResource>

  constructor(resources: DeclaredResource[]) {
    this.all = resources
    this.#byType = Map.groupBy(resources, ({ type }) => type)
    this.#byUrn = new Map(resources.map((resource) => [resource.urn, resource]))
  }

  /** Resources of a type with their inputs. */
  of<T>(type: string): { resource: DeclaredResource; inputs: T }[] {
    return (this.#byType.get(type) ?? []).map((resource) => ({ resource, inputs: resource.inputs as T }))
  }

  count(type: string): number {
    return this.#byType.get(type)?.length ?? 0
  }

  /** The part of the platform that a resource belongs to: the outermost component around it, or the stack. */
  part({ urn }: DeclaredResource): string {
    let part = 'stack'
    for (let at = this.#byUrn.get(urn); at !== undefined; at = this.#byUrn.get(at.parent))
      if (at.type.startsWith('kura:')) part = at.name
    return part
  }
}

/** The resources of an evaluation. */
export function captured({ resources }: Pick<Evaluation, 'resources'>): Declared {
  const open = (properties: Record<string, unknown>) => reveal(properties) as Record<string, unknown>
  return new Declared(
    resources.map((resource) => ({
      ...resource,
      inputs: open(resource.inputs),
      outputs: open(resource.outputs),
    })),
  )
}

const CELL = /^kura-cell-.+/

/** A part's name for tables: cells are alike, so they share a line. */
export function shownPart(part: string): string {
  return part.replace(CELL, 'kura-cell-*')
}
