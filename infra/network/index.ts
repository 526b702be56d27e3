import * as core from '@pulumi/oci/core/index.js'
import * as logging from '@pulumi/oci/logging/index.js'
import * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import { kebab } from '../kebab.ts'
import type { Settings } from '../settings.ts'
import { GROUPS, type Group, type SecurityGroup } from './flows.ts'
import { type Addresses, egressOf, securityRules } from './rules.ts'
import { Sinet } from './sinet.ts'
import { subnetRanges } from './subnets.ts'

/** Days that a log is kept where it is written; the archive keeps it longer. */
const LOG_DAYS = 30

/** The network of the cluster: where its interfaces have addresses, how they reach the world, and who may reach whom. */
export class Network extends Component {
  readonly vcnId: pulumi.Output<string>
  readonly subnetIds: Record<Group, pulumi.Output<string>>
  /** Security groups of the subnets' interfaces. */
  readonly groupIds: Record<SecurityGroup, pulumi.Output<string>>
  /** Ranges of the subnets, in CIDR notation. */
  readonly addresses: Record<Group, string>
  /** The group of the subnets' flow logs, which the archive reads. */
  readonly flowLogGroupId: pulumi.Output<string>

  constructor(
    name: string,
    settings: Pick<Settings, 'compartment' | 'network' | 'sinet'>,
    options: pulumi.ComponentResourceOptions,
  ) {
    super('kura:cloud:Network', name, options)
    // What outlives `destroy` keeps its network, since Oracle ends nothing that something is in or leads to.
    const child = { parent: this, retainOnDelete: true }
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
      { parent: this },
    )

    const oracle = core.getServicesOutput({}, { parent: this }).services.apply((services) => {
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

    const sinet = new Sinet(this.named('sinet'), { settings, vcnId: vcn.id }, { parent: this })

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
          ...settings.sinet.networks.map((destination) => ({
            destination,
            destinationType: 'CIDR_BLOCK',
            networkEntityId: sinet.gatewayId,
          })),
        ],
      },
      { ...child, dependsOn: [sinet.attachment] },
    )

    this.groupIds = each(
      GROUPS.filter((group): group is SecurityGroup => group !== 'bastion'),
      (group) =>
        new core.NetworkSecurityGroup(this.named(`${kebab(group)}-group`), inVcn(`${kebab(group)}-group`), child).id,
    )
    this.addresses = subnetRanges(settings.network.addresses)
    const addresses: Addresses = {
      groupIds: this.groupIds,
      ranges: this.addresses,
      oracle: oracle.cidrBlock,
      sinet: settings.sinet.networks,
    }
    securityRules((suffix) => this.named(suffix), addresses, this)
    const bastionEgress = new core.SecurityList(
      this.named('bastion-egress'),
      { ...inVcn('bastion-egress'), egressSecurityRules: egressOf('bastion', addresses) },
      child,
    )

    this.subnetIds = each(GROUPS, (group) => {
      const open = group === 'loadBalancers'
      return new core.Subnet(
        this.named(kebab(group)),
        {
          ...inVcn(kebab(group)),
          cidrBlock: this.addresses[group],
          dnsLabel: group.toLowerCase(),
          prohibitInternetIngress: !open,
          prohibitPublicIpOnVnic: !open,
          routeTableId: open ? publicRoutes.id : privateRoutes.id,
          ...(group === 'bastion' ? { securityListIds: [bastionEgress.id] } : {}),
        },
        child,
      ).id
    })

    this.flowLogGroupId = new logging.LogGroup(this.named('flows'), labelled('flows'), { parent: this }).id
    for (const group of GROUPS) {
      const log = this.named(`${kebab(group)}-flows`)
      new logging.Log(
        log,
        {
          displayName: log,
          logGroupId: this.flowLogGroupId,
          freeformTags: this.tags,
          logType: 'SERVICE',
          isEnabled: true,
          retentionDuration: LOG_DAYS,
          configuration: {
            compartmentId: settings.compartment,
            source: {
              sourceType: 'OCISERVICE',
              service: 'flowlogs',
              category: 'all',
              resource: this.subnetIds[group],
            },
          },
        },
        { parent: this },
      )
    }

    this.registerOutputs({
      vcnId: this.vcnId,
      subnetIds: this.subnetIds,
      groupIds: this.groupIds,
      flowLogGroupId: this.flowLogGroupId,
    })
  }
}

function each<Name extends string, T>(names: readonly Name[], make: (name: Name) => T): Record<Name, T> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, T>
}
