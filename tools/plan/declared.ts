import { type CapturedResource, type Evaluation, reveal } from '../evaluate/index.ts'

/** What one evaluation declares, by type. Secrets are revealed: nothing of them may be printed. */
export class Declared {
  readonly stack: string
  readonly all: CapturedResource[]
  readonly #byType: Map<string, CapturedResource[]>
  readonly #byUrn: Map<string, CapturedResource>

  constructor({ stack, resources }: Pick<Evaluation, 'stack' | 'resources'>) {
    this.stack = stack
    this.all = resources
    this.#byType = Map.groupBy(resources, ({ type }) => type)
    this.#byUrn = new Map(resources.map((resource) => [resource.urn, resource]))
  }

  /** Resources of a type with their inputs. */
  of<T>(type: string): { resource: CapturedResource; inputs: T }[] {
    return (this.#byType.get(type) ?? []).map((resource) => ({ resource, inputs: reveal(resource.inputs) as T }))
  }

  count(type: string): number {
    return this.#byType.get(type)?.length ?? 0
  }

  /** The part of the platform that a resource belongs to: the outermost component around it, or the stack. */
  part({ urn }: CapturedResource): string {
    let part = 'stack'
    for (let at = this.#byUrn.get(urn); at !== undefined; at = this.#byUrn.get(at.parent))
      if (at.type.startsWith('kura:')) part = at.name
    return part
  }
}

const CELL = /^kura-cell-.+/

/** A part's name for tables: cells are alike, so they share a line. */
export function shownPart(part: string): string {
  return part.replace(CELL, 'kura-cell-*')
}
