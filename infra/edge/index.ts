import * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import type { Network } from '../network/index.ts'
import type { Settings } from '../settings.ts'
import type { HostGroup } from './host-groups.ts'

/** What a load balancer is made of in Oracle Cloud; its owner in the cluster is the native ingress controller. */
export interface Door {
  /** OCID of its reserved address. */
  addressId: pulumi.Output<string>
  /** The address itself. */
  address: pulumi.Output<string>
  /** OCID of the certificate that it serves. */
  certificateId: pulumi.Output<string>
}

interface EdgeArgs {
  settings: Pick<Settings, 'compartment' | 'zone' | 'edge'>
  network: Network
  groups: HostGroup[]
}

/** Where readers arrive: reserved addresses, the WAF's policy, certificates, and the platform's DNS zone. */
export class Edge extends Component {
  /** By the number of the host group. */
  readonly doors: Map<number, Door>
  /** The identity provider's own. */
  readonly identity: Door
  readonly wafPolicyId: pulumi.Output<string>
  /** OCID of the log group that the load balancers' and the WAF's logs are in. */
  readonly logGroupId: pulumi.Output<string>

  constructor(name: string, { groups }: EdgeArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:Edge', name, options)
    // STUB
    const stub: Door = {
      addressId: pulumi.output('ocid1.publicip.oc1.ap-tokyo-1.stub'),
      address: pulumi.output('203.0.113.1'),
      certificateId: pulumi.output('ocid1.certificate.oc1.ap-tokyo-1.stub'),
    }
    this.doors = new Map(groups.map(({ number }) => [number, stub]))
    this.identity = stub
    this.wafPolicyId = pulumi.output('ocid1.webappfirewallpolicy.oc1.ap-tokyo-1.stub')
    this.logGroupId = pulumi.output('ocid1.loggroup.oc1.ap-tokyo-1.stubedge')
    this.registerOutputs({})
  }
}
