import * as certificates from '@pulumi/oci/certificatesmanagement/index.js'
import * as core from '@pulumi/oci/core/index.js'
import * as loadbalancer from '@pulumi/oci/loadbalancer/index.js'
import * as waf from '@pulumi/oci/waf/index.js'
import type * as pulumi from '@pulumi/pulumi'
import * as tls from '@pulumi/tls'
import { Component } from '../component.ts'
import type { Network } from '../network/index.ts'
import type { Settings } from '../settings.ts'

const TEN_YEARS_HOURS = 87_660

interface DoorArgs extends Pick<Settings, 'compartment' | 'edge'> {
  network: Network
  wafPolicyId: pulumi.Output<string>
  /** Names that its certificate holds; the first never changes. */
  names: [string, ...string[]]
}

/**
 * One way in: a load balancer with its address, its firewall and its certificate. They are declared here, so that they
 * outlive the cluster and their logs can be; listeners and backends are the native ingress controller's, which works
 * on this load balancer because an IngressClass names it.
 */
export class Door extends Component {
  /** The load balancer's, the ingress class's and the certificate's name. */
  readonly name: string
  readonly names: DoorArgs['names']
  /** OCID of its reserved address. */
  readonly addressId: pulumi.Output<string>
  /** The address itself. */
  readonly address: pulumi.Output<string>
  /** OCID of the certificate that it serves. */
  readonly certificateId: pulumi.Output<string>
  readonly loadBalancerId: pulumi.Output<string>
  readonly firewallId: pulumi.Output<string>

  constructor(name: string, args: DoorArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:Door', name, options)
    const { compartment, edge, network, wafPolicyId, names } = args
    this.name = name
    this.names = names
    const child = { parent: this }
    const common = { compartmentId: compartment, freeformTags: this.tags }

    const address = new core.PublicIp(
      this.named('address'),
      { ...common, displayName: this.named('address'), lifetime: 'RESERVED' },
      // Institutions' DNS points here. Oracle notes which load balancer has it, and that is not to be undone.
      { ...child, protect: true, ignoreChanges: ['privateIpId'] },
    )
    this.addressId = address.id
    this.address = address.ipAddress

    this.certificateId = this.#certificate(common, names[0])

    const balancer = new loadbalancer.LoadBalancer(
      this.named('load-balancer'),
      {
        ...common,
        displayName: name,
        shape: 'flexible',
        shapeDetails: {
          minimumBandwidthInMbps: edge.bandwidth.least,
          maximumBandwidthInMbps: edge.bandwidth.most,
        },
        subnetIds: [network.subnetIds.loadBalancers],
        networkSecurityGroupIds: [network.groupIds.loadBalancers],
        reservedIps: [{ id: address.id }],
        isDeleteProtectionEnabled: true,
      },
      child,
    )
    this.loadBalancerId = balancer.id

    this.firewallId = new waf.AppFirewall(
      this.named('firewall'),
      {
        ...common,
        displayName: this.named('firewall'),
        backendType: 'LOAD_BALANCER',
        loadBalancerId: balancer.id,
        webAppFirewallPolicyId: wafPolicyId,
      },
      child,
    ).id

    this.registerOutputs({
      names,
      address: this.address,
      certificateId: this.certificateId,
      loadBalancerId: this.loadBalancerId,
    })
  }

  /**
   * The certificate as the load balancer knows it. Its first version is a placeholder, so that the listener can start;
   * the renewed ones are imported by a job in the cluster. Oracle refuses a version with another common name.
   */
  #certificate(common: { compartmentId: string; freeformTags: Record<string, string> }, commonName: string) {
    const child = { parent: this }
    const { privateKeyPem } = new tls.PrivateKey(
      this.named('placeholder-key'),
      { algorithm: 'RSA', rsaBits: 2048 },
      child,
    )
    const { certPem } = new tls.SelfSignedCert(
      this.named('placeholder'),
      {
        privateKeyPem,
        subject: { commonName },
        dnsNames: [commonName],
        allowedUses: ['digital_signature', 'key_encipherment', 'server_auth'],
        validityPeriodHours: TEN_YEARS_HOURS,
      },
      child,
    )
    return new certificates.Certificate(
      this.named('certificate'),
      {
        ...common,
        name: this.named('certificate'),
        certificateConfig: { configType: 'IMPORTED', certificatePem: certPem, certChainPem: certPem, privateKeyPem },
      },
      { ...child, ignoreChanges: ['certificateConfig'] },
    ).id
  }
}
