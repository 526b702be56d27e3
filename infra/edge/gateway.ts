import type * as pulumi from '@pulumi/pulumi'
import type { Cluster } from '../cluster/index.ts'
import { Component } from '../component.ts'
import type { Network } from '../network/index.ts'
import type { Settings } from '../settings.ts'
import type { HostGroup } from './host-groups.ts'
import type { Edge } from './index.ts'

/** The Gateway that cells' routes name, and the namespace of Envoy's pods. */
export const GATEWAY = { namespace: 'kura-edge', name: 'kura' }

interface GatewayArgs {
  settings: Pick<Settings, 'registry' | 'zone' | 'edge' | 'operators'>
  cluster: Cluster
  network: Network
  edge: Edge
  groups: HostGroup[]
}

/** The way from the load balancers into the cluster: ingress classes, Envoy Gateway, and certificates' renewal. */
export class Gateway extends Component {
  constructor(name: string, _args: GatewayArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Gateway', name, options)
    // STUB
    this.registerOutputs({})
  }
}
