import type * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import { password } from '../password.ts'

/**
 * The passwords of institutions' database roles. They know nothing of cells, so that an institution keeps its own when
 * it moves.
 */
export class Passwords extends Component {
  readonly #byTenant: Map<string, pulumi.Output<string>>

  /** @param generation one more makes new passwords. */
  constructor(name: string, tenants: string[], generation: number) {
    super('kura:cluster:Passwords', name)
    this.#byTenant = new Map(tenants.map((id) => [id, password(this.named(id), generation, this).result]))
    this.registerOutputs({})
  }

  of(tenant: string): pulumi.Output<string> {
    const made = this.#byTenant.get(tenant)
    if (made === undefined) throw new Error(`no password was made for ${tenant}`)
    return made
  }
}
