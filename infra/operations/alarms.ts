import * as pulumi from '@pulumi/pulumi'
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
  /** OCID of the topic whose subscribers are woken. */
  readonly topicId: pulumi.Output<string>

  constructor(name: string, _args: AlarmsArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:Alarms', name, options)
    // STUB
    this.topicId = pulumi.output('ocid1.onstopic.oc1.ap-tokyo-1.stub')
    this.registerOutputs({})
  }
}
