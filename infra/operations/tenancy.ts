import type * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import type { Settings } from '../settings.ts'

interface TenancyArgs {
  settings: Pick<Settings, 'compartment' | 'tenancyId' | 'budget' | 'alarms'>
}

/** What exists once in a tenancy: Cloud Guard, budgets, quotas, default tags, the groups of people and their policies. */
export class Tenancy extends Component {
  constructor(name: string, _args: TenancyArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:Tenancy', name, options)
    // STUB
    this.registerOutputs({})
  }
}
