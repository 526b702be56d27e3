import * as pulumi from '@pulumi/pulumi'
import type { Cluster } from '../cluster/index.ts'
import { Component } from '../component.ts'
import type { Network } from '../network/index.ts'
import type { Keys } from '../protection/keys.ts'
import type { Settings } from '../settings.ts'
import type { Storage } from '../storage/index.ts'

interface AccessArgs {
  settings: Pick<Settings, 'compartment' | 'tenancyId' | 'region' | 'homeRegion' | 'bastion'>
  network: Network
  cluster: Cluster
  storage: Storage
  keys: Keys
}

/** Who may do what: groups and policies of least privilege, workload identities, and the Bastion. */
export class Access extends Component {
  /** OCID of the dynamic group of the cluster's nodes. */
  readonly nodesGroupId: pulumi.Output<string>

  constructor(name: string, _args: AccessArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:Access', name, options)
    // STUB
    this.nodesGroupId = pulumi.output('ocid1.dynamicgroup.oc1..stub')
    this.registerOutputs({})
  }
}
