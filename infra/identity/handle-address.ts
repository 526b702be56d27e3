import * as core from '@pulumi/oci/core/index.js'
import * as dns from '@pulumi/oci/dns/index.js'
import type * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import { handleHost } from '../edge/host-groups.ts'
import { type Edge, TTL } from '../edge/index.ts'
import type { Settings } from '../settings.ts'

/**
 * The reserved address of the Handle server. The world's resolvers know the address itself, from the record of our
 * prefix, so it outlives load balancers and clusters.
 */
export class HandleAddress extends Component {
  readonly address: pulumi.Output<string>

  constructor(
    name: string,
    settings: Pick<Settings, 'compartment' | 'zone'>,
    { zoneId }: Edge,
    options: pulumi.ComponentResourceOptions,
  ) {
    super('kura:cloud:HandleAddress', name, options)
    const reserved = new core.PublicIp(
      this.named('address'),
      {
        compartmentId: settings.compartment,
        displayName: this.named('address'),
        lifetime: 'RESERVED',
        freeformTags: this.tags,
      },
      // The load balancer that holds it sets `privateIpId`.
      { parent: this, protect: true, retainOnDelete: true, ignoreChanges: ['privateIpId'] },
    )
    this.address = reserved.ipAddress
    const record = { domain: handleHost(settings), rtype: 'A' }
    new dns.Rrset(
      this.named('record'),
      { zoneNameOrId: zoneId, ...record, items: [{ ...record, rdata: this.address, ttl: TTL }] },
      { parent: this },
    )
    this.registerOutputs({ address: this.address })
  }
}
