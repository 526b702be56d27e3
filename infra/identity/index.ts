import type * as pulumi from '@pulumi/pulumi'
import type { Cluster } from '../cluster/index.ts'
import { Component } from '../component.ts'
import type { Data } from '../data/index.ts'
import type { Edge } from '../edge/index.ts'
import type { Network } from '../network/index.ts'
import type { Settings } from '../settings.ts'

interface IdentityArgs {
  settings: Pick<Settings, 'registry' | 'zone' | 'identity'>
  cluster: Cluster
  network: Network
  edge: Edge
  data: Data
}

/** Who people are, what a handle points to, and what a file carries: Keycloak, the SAML proxy, Handle, ClamAV. */
export class Identity extends Component {
  /** ClamAV, where cells have files looked at: `host:port` inside the cluster. */
  readonly scanner: { host: string; port: number; namespace: string }

  constructor(name: string, _args: IdentityArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Identity', name, options)
    // STUB
    this.scanner = { host: `scanner.${name}.svc`, port: 3310, namespace: name }
    this.registerOutputs({})
  }
}
