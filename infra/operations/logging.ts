import type * as pulumi from '@pulumi/pulumi'
import type { Cluster } from '../cluster/index.ts'
import { Component } from '../component.ts'
import type { Edge } from '../edge/index.ts'
import type { Network } from '../network/index.ts'
import type { Settings } from '../settings.ts'
import type { Storage } from '../storage/index.ts'

interface LoggingArgs {
  settings: Pick<Settings, 'compartment' | 'logging'>
  network: Network
  cluster: Cluster
  storage: Storage
  edge: Edge
}

/** Logs: everything to the archive, lines with the set keywords to where they can be searched. */
export class Logging extends Component {
  constructor(name: string, _args: LoggingArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:Logging', name, options)
    // STUB
    this.registerOutputs({})
  }
}
