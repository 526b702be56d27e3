import * as core from '@pulumi/oci/core/index.js'
import type * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import type { Settings } from '../settings.ts'

interface SinetArgs {
  settings: Pick<Settings, 'compartment' | 'sinet'>
  vcnId: pulumi.Output<string>
}

/**
 * FastConnect to SINET: a gateway at the edge of the network, and one or two circuits to it. A circuit waits for the
 * partner, for weeks perhaps, so nothing may depend on it: routes name the gateway, which is there at once.
 */
export class Sinet extends Component {
  readonly gatewayId: pulumi.Output<string>
  /** The gateway's place in the network; a route to the gateway is refused before. */
  readonly attachment: core.DrgAttachment

  constructor(name: string, { settings, vcnId }: SinetArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:Sinet', name, options)
    const { bandwidth, asn, circuits } = settings.sinet
    // Routes lead to the gateway, and outlive `destroy` with the network; circuits do not.
    const child = { parent: this, retainOnDelete: true }
    const common = { compartmentId: settings.compartment, freeformTags: this.tags }

    const gateway = new core.Drg(this.named('gateway'), { ...common, displayName: this.named('gateway') }, child)
    this.gatewayId = gateway.id
    const atGateway = (suffix: string) => ({
      displayName: this.named(suffix),
      freeformTags: this.tags,
      drgId: gateway.id,
    })

    // Towards SINET go the routes that circuits learn by BGP, whichever circuits there are. What circuits advertise is
    // the gateway's own default: the range of the network.
    const learnt = new core.DrgRouteDistribution(
      this.named('learnt'),
      { ...atGateway('learnt'), distributionType: 'IMPORT' },
      child,
    )
    new core.DrgRouteDistributionStatement(
      this.named('learnt-from-circuits'),
      {
        drgRouteDistributionId: learnt.id,
        action: 'ACCEPT',
        priority: 1,
        matchCriteria: { matchType: 'DRG_ATTACHMENT_TYPE', attachmentType: 'VIRTUAL_CIRCUIT' },
      },
      child,
    )
    const routes = new core.DrgRouteTable(
      this.named('routes'),
      // Two circuits with routes alike share the load.
      { ...atGateway('routes'), importDrgRouteDistributionId: learnt.id, isEcmpEnabled: true },
      child,
    )
    this.attachment = new core.DrgAttachment(
      this.named('attachment'),
      {
        ...atGateway('attachment'),
        drgRouteTableId: routes.id,
        networkDetails: { type: 'VCN', id: vcnId, vcnRouteType: 'VCN_CIDRS' },
      },
      child,
    )

    for (const [index, { providerService, oracle, sinet }] of circuits.entries()) {
      const circuit = this.named(`circuit-${index + 1}`)
      new core.VirtualCircuit(
        circuit,
        {
          ...common,
          displayName: circuit,
          type: 'PRIVATE',
          bandwidthShapeName: bandwidth,
          gatewayId: gateway.id,
          providerServiceId: providerService,
          customerAsn: String(asn),
          isBfdEnabled: true,
          // VLAN and cross-connect are the partner's to fill in.
          crossConnectMappings: [{ oracleBgpPeeringIp: oracle, customerBgpPeeringIp: sinet }],
        },
        { parent: this },
      )
    }
    this.registerOutputs({ gatewayId: this.gatewayId })
  }
}
