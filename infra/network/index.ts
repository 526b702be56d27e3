import * as core from '@pulumi/oci/core/index.js'
import * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import type { Settings } from '../settings.ts'
import { shareOut } from './addresses.ts'
import { FLOWS, GROUPS, type Group } from './flows.ts'

type RuleArgs = core.NetworkSecurityGroupSecurityRuleArgs

/** Lengths of the subnets' prefixes. A subnet's place follows from the order: new ones go to the end. */
const SUBNETS = {
  endpoint: 28,
  loadBalancers: 24,
  nodes: 23,
  pods: 19,
  bastion: 28,
  files: 26,
  dataNodes: 25,
} satisfies Record<Group, number>

/** IANA protocol numbers, as Oracle's rules name protocols. */
const PROTOCOLS = { icmp: '1', tcp: '6', all: 'all' }

/** The network of the cluster: where its interfaces have addresses, how they reach the world, and who may reach whom. */
export class Network extends Component {
  readonly vcnId: pulumi.Output<string>
  readonly subnetIds: Record<Group, pulumi.Output<string>>
  readonly groupIds: Record<Group, pulumi.Output<string>>

  constructor(
    name: string,
    settings: Pick<Settings, 'compartment' | 'network'>,
    options: pulumi.ComponentResourceOptions,
  ) {
    super('kura:cloud:Network', name, options)
    const child = { parent: this }
    const common = { compartmentId: settings.compartment, freeformTags: this.tags }
    const labelled = (suffix: string) => ({ ...common, displayName: this.named(suffix) })

    const vcn = new core.Vcn(
      this.named('vcn'),
      { ...labelled('vcn'), cidrBlocks: [settings.network.addresses], dnsLabel: 'kura' },
      child,
    )
    this.vcnId = vcn.id

    // Subnets that name no security list of their own take this one: what may pass is said by security groups alone.
    new core.DefaultSecurityList(
      this.named('no-security-list'),
      {
        ...labelled('no-security-list'),
        manageDefaultResourceId: vcn.defaultSecurityListId,
        ingressSecurityRules: [],
        egressSecurityRules: [],
      },
      child,
    )

    const oracle = core.getServicesOutput({}, child).services.apply((services) => {
      const all = services.find(({ name }) => /^All .* Services In Oracle Services Network$/.test(name))
      if (!all) throw new pulumi.RunError('the region offers no service gateway to all Oracle services')
      return all
    })

    const inVcn = (suffix: string) => ({ ...labelled(suffix), vcnId: vcn.id })
    const internet = new core.InternetGateway(this.named('internet'), inVcn('internet'), child)
    const nat = new core.NatGateway(this.named('nat'), inVcn('nat'), child)
    const services = new core.ServiceGateway(
      this.named('services'),
      { ...inVcn('services'), services: [{ serviceId: oracle.id }] },
      child,
    )

    const toAnywhere = { destination: '0.0.0.0/0', destinationType: 'CIDR_BLOCK' }
    const publicRoutes = new core.RouteTable(
      this.named('public'),
      { ...inVcn('public'), routeRules: [{ ...toAnywhere, networkEntityId: internet.id }] },
      child,
    )
    const privateRoutes = new core.RouteTable(
      this.named('private'),
      {
        ...inVcn('private'),
        routeRules: [
          { ...toAnywhere, networkEntityId: nat.id },
          { destination: oracle.cidrBlock, destinationType: 'SERVICE_CIDR_BLOCK', networkEntityId: services.id },
        ],
      },
      child,
    )

    const addresses = shareOut(settings.network.addresses, SUBNETS)
    this.subnetIds = each((group) => {
      const open = group === 'loadBalancers'
      return new core.Subnet(
        this.named(kebab(group)),
        {
          ...inVcn(kebab(group)),
          cidrBlock: addresses[group],
          dnsLabel: group.toLowerCase(),
          prohibitInternetIngress: !open,
          prohibitPublicIpOnVnic: !open,
          routeTableId: open ? publicRoutes.id : privateRoutes.id,
        },
        child,
      ).id
    })

    this.groupIds = each(
      (group) =>
        new core.NetworkSecurityGroup(this.named(`${kebab(group)}-group`), inVcn(`${kebab(group)}-group`), child).id,
    )
    this.#allow(oracle.cidrBlock)

    this.registerOutputs({ vcnId: this.vcnId, subnetIds: this.subnetIds, groupIds: this.groupIds })
  }

  /** A connection passes when the group that opens it may, and the group that takes it may. */
  #allow(oracleServices: pulumi.Output<string>) {
    const peer = (end: Group | 'internet' | 'oracle') =>
      end === 'internet'
        ? { address: '0.0.0.0/0', kind: 'CIDR_BLOCK' }
        : end === 'oracle'
          ? { address: oracleServices, kind: 'SERVICE_CIDR_BLOCK' }
          : { address: this.groupIds[end], kind: 'NETWORK_SECURITY_GROUP' }

    for (const [sentence, { from, to, protocol, ports }] of Object.entries(FLOWS)) {
      const common = {
        description: sentence,
        protocol: PROTOCOLS[protocol],
        ...(protocol === 'icmp' ? { icmpOptions: { type: 3, code: 4 } } : {}),
        ...(ports ? { tcpOptions: { destinationPortRange: { min: ports[0], max: ports[1] } } } : {}),
      }
      const rule = (end: Group, direction: 'EGRESS' | 'INGRESS', other: Partial<RuleArgs>) =>
        new core.NetworkSecurityGroupSecurityRule(
          this.named(`${kebab(end)}-${direction.toLowerCase()}-${kebab(sentence)}`),
          { ...common, ...other, direction, networkSecurityGroupId: this.groupIds[end] },
          { parent: this },
        )
      if (isGroup(from)) {
        const { address, kind } = peer(to)
        rule(from, 'EGRESS', { destination: address, destinationType: kind })
      }
      if (isGroup(to)) {
        const { address, kind } = peer(from)
        rule(to, 'INGRESS', { source: address, sourceType: kind })
      }
    }
  }
}

function each<T>(make: (group: Group) => T): Record<Group, T> {
  return Object.fromEntries(GROUPS.map((group) => [group, make(group)])) as Record<Group, T>
}

function isGroup(end: string): end is Group {
  return (GROUPS as readonly string[]).includes(end)
}

function kebab(text: string): string {
  return text.replaceAll(/(?<=[a-z])(?=[A-Z])| /g, '-').toLowerCase()
}
