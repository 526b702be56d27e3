import type * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import type { Settings } from '../settings.ts'
import type { Cluster } from './index.ts'

interface OperatorsArgs {
  settings: Pick<Settings, 'operators' | 'registry' | 'network' | 'pools'>
  cluster: Cluster
}

/**
 * What the cluster needs before anything of ours runs in it: the engine of network policies, classes of storage and of
 * priority, and the operators that the custom resources are for. It knows nothing of institutions.
 */
export class Operators extends Component {
  constructor(name: string, _args: OperatorsArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Operators', name, options)
    // STUB
    this.registerOutputs({})
  }
}
