import * as dns from '@pulumi/oci/dns/index.js'
import type * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import type { Network } from '../network/index.ts'
import type { Settings } from '../settings.ts'
import { Door } from './door.ts'
import { groupLabel, type HostGroup, identityHost } from './host-groups.ts'
import { Waf } from './waf.ts'

/** Seconds for which others may remember a record. */
export const TTL = 300

interface EdgeArgs {
  settings: Pick<Settings, 'compartment' | 'zone' | 'edge'>
  network: Network
  groups: HostGroup[]
}

/** Where readers arrive: load balancers with their addresses, firewall and certificates, and the platform's DNS zone. */
export class Edge extends Component {
  /** By the number of the host group. */
  readonly doors: Map<number, Door>
  /** The identity provider's own. */
  readonly identity: Door
  readonly wafPolicyId: pulumi.Output<string>
  /** OCID of the DNS zone of the platform's own domain. */
  readonly zoneId: pulumi.Output<string>

  constructor(name: string, { settings, network, groups }: EdgeArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:Edge', name, options)
    const { compartment, zone, edge } = settings
    const child = { parent: this }

    const { policyId } = new Waf(this.named('waf'), { compartment, edge }, child)
    this.wafPolicyId = policyId

    const door = (suffix: string, names: Door['names']) =>
      new Door(this.named(suffix), { compartment, edge, network, wafPolicyId: policyId, names }, child)
    const inZone = (label: string) => `${label}.${zone}`
    this.doors = new Map(
      groups.map(({ number, hosts }) => [
        number,
        // A group's own name comes first, as institutions come and go.
        door(String(number), number === 0 ? [zone, inZone('*')] : [inZone(groupLabel(number)), ...hosts]),
      ]),
    )
    this.identity = door('identity', [identityHost(settings)])

    const dnsZone = new dns.Zone(
      this.named('zone'),
      { name: zone, zoneType: 'PRIMARY', compartmentId: compartment, freeformTags: this.tags },
      // The parent domain points to its name servers, and a new zone has others.
      { ...child, protect: true },
    )
    this.zoneId = dnsZone.id
    const record = (suffix: string, domain: string, rtype: string, rdata: pulumi.Input<string>) =>
      new dns.Rrset(
        this.named(`record-${suffix}`),
        { zoneNameOrId: dnsZone.id, domain, rtype, items: [{ domain, rtype, rdata, ttl: TTL }] },
        child,
      )
    for (const [number, { address, names }] of this.doors)
      if (number === 0) {
        record('zone', zone, 'A', address)
        record('wildcard', inZone('*'), 'A', address)
      } else record(String(number), names[0], 'A', address)
    record('identity', identityHost(settings), 'A', this.identity.address)
    record('issuer', zone, 'CAA', `0 issue "${edge.issuer}"`)

    this.registerOutputs({ wafPolicyId: policyId, zoneId: this.zoneId })
  }
}
