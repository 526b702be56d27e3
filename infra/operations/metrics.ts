import type * as pulumi from '@pulumi/pulumi'
import type { Cluster } from '../cluster/index.ts'
import { Component } from '../component.ts'
import type { Data } from '../data/index.ts'
import type { Settings } from '../settings.ts'

interface MetricsArgs {
  settings: Pick<Settings, 'compartment' | 'region' | 'registry' | 'pools' | 'edge' | 'zone'>
  cluster: Cluster
  data: Data
}

/** Metrics of everything, collected inside the cluster; what alarms look at is pushed to Oracle Cloud. */
export class Metrics extends Component {
  constructor(name: string, _args: MetricsArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Metrics', name, options)
    // STUB
    this.registerOutputs({})
  }
}
