import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import type { TenantFile } from '../../app/tenancy/schema.ts'
import { allow } from '../cluster/traffic.ts'
import { Component } from '../component.ts'
import type { Data } from '../data/index.ts'
import { federationHost, identityHost } from '../edge/host-groups.ts'
import type { Edge } from '../edge/index.ts'
import { LoadBalancer } from '../edge/load-balancer.ts'
import type { Network } from '../network/index.ts'
import type { Settings } from '../settings.ts'
import { Handle } from './handle.ts'
import type { HandleAddress } from './handle-address.ts'
import { Keycloak } from './keycloak.ts'
import { FederationProxy } from './proxy.ts'
import { brokerEndpoint, issuer } from './representations.ts'
import { Scanner } from './scanner.ts'

interface IdentityArgs {
  settings: Pick<Settings, 'compartment' | 'registry' | 'zone' | 'edge' | 'identity'>
  tenants: TenantFile[]
  network: Network
  edge: Edge
  data: Data
  handle: HandleAddress
}

/** Who people are, what a handle points to, and what a file carries: Keycloak, the SAML proxy, Handle, ClamAV. */
export class Identity extends Component {
  /** ClamAV, where cells have files looked at, with the labels of its pods. */
  readonly scanner: Pick<Scanner, 'host' | 'port' | 'largest' | 'pods'> & { namespace: string }
  /** Where people log in, as the application asks for it. */
  readonly realm: Keycloak['realm']

  constructor(name: string, args: IdentityArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Identity', name, options)
    const { settings, tenants, network, edge, data, handle } = args

    const namespace = new kubernetes.core.v1.Namespace(
      this.named('namespace'),
      { metadata: { name, labels: { ...this.labels, 'pod-security.kubernetes.io/enforce': 'restricted' } } },
      { parent: this },
    )
    const inside = { parent: this, dependsOn: namespace }
    const common = { namespace: name, settings, network, data }
    allow(this.named('deny-all'), 'deny-all', { namespace: namespace.metadata.name, labels: this.labels }, this)

    const address = `https://${identityHost(settings)}`
    const proxy = new FederationProxy(
      this.named('proxy'),
      {
        ...common,
        host: federationHost(settings),
        keycloak: { entityId: issuer(address), endpoint: brokerEndpoint(address) },
      },
      inside,
    )
    const keycloak = new Keycloak(
      this.named('keycloak'),
      {
        ...common,
        address,
        loadBalancers: network.addresses.loadBalancers,
        hosts: tenants.flatMap(({ hosts }) => hosts),
        proxy: proxy.door,
      },
      inside,
    )
    new LoadBalancer(
      this.named('door'),
      {
        settings,
        network,
        door: edge.identity,
        wafPolicyId: edge.wafPolicyId,
        namespace: namespace.metadata.name,
        ...keycloak.backend,
      },
      inside,
    )
    new Handle(this.named('handle'), { ...common, address: handle.address }, inside)
    const scanner = new Scanner(this.named('scanner'), common, inside)

    this.realm = keycloak.realm
    const { host, port, largest, pods } = scanner
    this.scanner = { host, port, largest, pods, namespace: name }
    this.registerOutputs({ issuer: this.realm.issuer, scanner: this.scanner })
  }
}
