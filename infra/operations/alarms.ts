import type * as pulumi from '@pulumi/pulumi'
import type { Cluster } from '../cluster/index.ts'
import { Component } from '../component.ts'
import type { Edge } from '../edge/index.ts'
import type { Settings } from '../settings.ts'

interface AlarmsArgs {
  settings: Pick<Settings, 'compartment' | 'zone' | 'alarms' | 'pools'>
  cluster: Cluster
  edge: Edge
}

/** What wakes an operator, whom it wakes, and checks of the service from outside. */
export class Alarms extends Component {
  constructor(name: string, _args: AlarmsArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:Alarms', name, options)
    // STUB
    this.registerOutputs({})
  }
}
