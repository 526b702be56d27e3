import * as pulumi from '@pulumi/pulumi'

const PROJECT = 'kura'

/**
 * A part of the platform. `kura:cloud:*` parts live in Oracle Cloud, `kura:cluster:*` parts in Kubernetes, so that the
 * first deployment can be told to make the cloud half alone.
 */
export abstract class Component extends pulumi.ComponentResource {
  /** Marks of every Oracle resource of this part: `freeformTags`. */
  readonly tags: Record<string, string>
  /** Marks of every Kubernetes object of this part: `metadata.labels`. */
  readonly labels: Record<string, string>
  readonly #name: string

  constructor(
    type: `kura:${'cloud' | 'cluster'}:${string}`,
    name: string,
    options: pulumi.ComponentResourceOptions & { cell?: string } = {},
  ) {
    const { cell, ...rest } = options
    super(type, name, {}, rest)
    this.#name = name
    const marks = { environment: pulumi.getStack(), component: name, ...(cell === undefined ? {} : { cell }) }
    this.tags = { project: PROJECT, ...marks }
    this.labels = {
      'app.kubernetes.io/part-of': PROJECT,
      ...Object.fromEntries(Object.entries(marks).map(([key, value]) => [`kura/${key}`, value])),
    }
  }

  /** The name of a resource inside this part: it starts with the part's own. */
  protected named(child: string): string {
    return `${this.#name}-${child}`
  }
}
