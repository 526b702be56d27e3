import * as core from '@pulumi/oci/core/index.js'
import type * as pulumi from '@pulumi/pulumi'
import { kebab } from '../kebab.ts'
import { FLOWS, type Flow, type Group, type Peer, type SecurityGroup } from './flows.ts'

/** IANA protocol numbers, as Oracle's rules name protocols. */
const PROTOCOLS = { icmp: '1', tcp: '6', udp: '17', all: 'all' }

/** An end of a flow as a rule names it. */
interface Address {
  /** Tells apart the rules of one flow. */
  name: string
  address: pulumi.Input<string>
  kind: 'CIDR_BLOCK' | 'SERVICE_CIDR_BLOCK' | 'NETWORK_SECURITY_GROUP'
}

export interface Addresses {
  groupIds: Record<SecurityGroup, pulumi.Output<string>>
  /** Ranges of the subnets. */
  ranges: Record<Group, string>
  /** What Oracle calls all of its services in the region. */
  oracle: pulumi.Input<string>
  /** NII's networks. */
  sinet: string[]
}

/**
 * A connection passes when the group that opens it may, and the group that takes it may: so each flow makes a rule at
 * each of its ends that has a security group.
 */
export function securityRules(named: (suffix: string) => string, addresses: Addresses, parent: pulumi.Resource): void {
  for (const [sentence, flow] of Object.entries(FLOWS))
    for (const from of flow.from)
      for (const to of flow.to) {
        const rule = (
          group: SecurityGroup,
          direction: 'EGRESS' | 'INGRESS',
          { name }: Address,
          other: Partial<core.NetworkSecurityGroupSecurityRuleArgs>,
        ) =>
          new core.NetworkSecurityGroupSecurityRule(
            named(kebab(`${group} ${direction} ${name} ${sentence}`)),
            {
              ...what(flow, (min, max) => ({ destinationPortRange: { min, max } })),
              ...other,
              description: sentence,
              direction,
              networkSecurityGroupId: addresses.groupIds[group],
            },
            { parent },
          )
        if (hasSecurityGroup(from))
          for (const end of resolve(to, addresses))
            rule(from, 'EGRESS', end, { destination: end.address, destinationType: end.kind })
        if (hasSecurityGroup(to))
          for (const end of resolve(from, addresses))
            rule(to, 'INGRESS', end, { source: end.address, sourceType: end.kind })
      }
}

/** What may leave a subnet whose interfaces take no security group. */
export function egressOf(group: Exclude<Group, SecurityGroup>, addresses: Addresses) {
  return Object.entries(FLOWS)
    .filter(([, { from }]) => from.includes(group))
    .flatMap(([sentence, flow]) =>
      flow.to.filter(isGroup).map((to) => ({
        ...what(flow, (min, max) => ({ min, max })),
        description: sentence,
        destination: addresses.ranges[to],
        destinationType: 'CIDR_BLOCK',
      })),
    )
}

/** Protocol and ports: security groups and security lists write the latter each in its own way. */
function what<Ports>({ protocol, ports }: Flow, write: (first: number, last: number) => Ports) {
  const written = ports && write(...ports)
  return {
    protocol: PROTOCOLS[protocol],
    ...(protocol === 'icmp' ? { icmpOptions: { type: 3, code: 4 } } : {}),
    ...(protocol === 'tcp' && written ? { tcpOptions: written } : {}),
    ...(protocol === 'udp' && written ? { udpOptions: written } : {}),
  }
}

function resolve(peer: Peer, { groupIds, ranges, oracle, sinet }: Addresses): Address[] {
  if (peer === 'internet') return [{ name: peer, address: '0.0.0.0/0', kind: 'CIDR_BLOCK' }]
  if (peer === 'oracle') return [{ name: peer, address: oracle, kind: 'SERVICE_CIDR_BLOCK' }]
  if (peer === 'sinet')
    return sinet.map((range) => ({
      name: `sinet ${range.replaceAll(/[./]/g, '-')}`,
      address: range,
      kind: 'CIDR_BLOCK',
    }))
  if (hasSecurityGroup(peer)) return [{ name: peer, address: groupIds[peer], kind: 'NETWORK_SECURITY_GROUP' }]
  return [{ name: peer, address: ranges[peer], kind: 'CIDR_BLOCK' }]
}

function isGroup(peer: Peer): peer is Group {
  return peer !== 'internet' && peer !== 'oracle' && peer !== 'sinet'
}

function hasSecurityGroup(peer: Peer): peer is SecurityGroup {
  return isGroup(peer) && peer !== 'bastion'
}
