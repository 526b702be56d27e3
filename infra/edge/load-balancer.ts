import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import type { Network } from '../network/index.ts'
import type { Settings } from '../settings.ts'
import { UNAWAITED } from '../unawaited.ts'
import type { Door } from './door.ts'

/** What a load balancer hands requests to: a Service, and where it says that it takes them. */
export interface Backend {
  namespace: pulumi.Input<string>
  service: pulumi.Input<string>
  port: number
  healthPath: string
}

interface LoadBalancerArgs extends Backend {
  settings: Pick<Settings, 'compartment' | 'edge'>
  network: Network
  door: Door
  wafPolicyId: pulumi.Output<string>
}

/** Seconds without a byte after which a load balancer gives up on a request. */
const IDLE_SECONDS = 300

const CONTROLLER = 'oci.oraclecloud.com/native-ingress-controller'
const annotated = (annotations: Record<string, pulumi.Input<string>>) =>
  Object.fromEntries(
    Object.entries(annotations).map(([key, value]) => [`oci-native-ingress.oraclecloud.com/${key}`, value]),
  )

/**
 * What a door does: the native ingress controller finds its load balancer by an IngressClass, and keeps a listener with
 * TLS there that hands everything to one Service. Whatever the host: who serves which is the gateway's to know.
 */
export class LoadBalancer extends Component {
  constructor(name: string, args: LoadBalancerArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:LoadBalancer', name, options)
    const { settings, network, door, wafPolicyId, namespace } = args
    const child = { parent: this }
    const { labels } = this

    // The controller changes the load balancer until it is as these say: they repeat what the door declares.
    const parameters = new kubernetes.apiextensions.CustomResource(
      this.named('parameters'),
      {
        apiVersion: 'ingress.oraclecloud.com/v1beta1',
        kind: 'IngressClassParameters',
        metadata: { name: door.name, namespace, labels },
        spec: {
          compartmentId: settings.compartment,
          subnetId: network.subnetIds.loadBalancers,
          loadBalancerName: door.name,
          isPrivate: false,
          reservedPublicAddressId: door.addressId,
          minBandwidthMbps: settings.edge.bandwidth.least,
          maxBandwidthMbps: settings.edge.bandwidth.most,
          defaultListenerIdleTimeoutInSeconds: IDLE_SECONDS,
        },
      },
      child,
    )
    const { metadata } = new kubernetes.networking.v1.IngressClass(
      this.named('class'),
      {
        metadata: {
          name: door.name,
          labels,
          annotations: annotated({
            id: door.loadBalancerId,
            'delete-protection-enabled': 'true',
            'waf-policy-ocid': wafPolicyId,
            'firewall-id': door.firewallId,
            'network-security-group-ids': network.groupIds.loadBalancers,
            'freeform-tags': JSON.stringify(door.tags),
          }),
        },
        spec: {
          controller: CONTROLLER,
          parameters: {
            apiGroup: 'ingress.oraclecloud.com',
            kind: 'IngressClassParameters',
            name: parameters.metadata.name,
            scope: 'Namespace',
            namespace,
          },
        },
      },
      child,
    )
    listener(
      this.named('https'),
      {
        name: door.name,
        labels,
        className: metadata.name,
        backend: args,
        annotations: {
          'https-listener-port': '443',
          'certificate-ocid': door.certificateId,
          protocol: 'HTTP2',
          'listener-ssl-config': JSON.stringify({
            cipherSuiteName: 'oci-default-http2-tls-12-13-ssl-cipher-suite-v1',
            protocols: ['TLSv1.2', 'TLSv1.3'],
          }),
        },
      },
      child,
    )
    this.registerOutputs({})
  }
}

interface ListenerArgs {
  /** The controller keeps an Ingress by its name alone: two of a class must not share theirs, whatever their namespaces. */
  name: string
  labels: Record<string, string>
  className: pulumi.Input<string>
  backend: Backend
  annotations: Record<string, pulumi.Input<string>>
}

/** A listener of a load balancer: an Ingress for every host and path. */
export function listener(name: string, args: ListenerArgs, options: pulumi.CustomResourceOptions) {
  const { labels, className, backend, annotations } = args
  return new kubernetes.networking.v1.Ingress(
    name,
    {
      metadata: {
        name: args.name,
        namespace: backend.namespace,
        labels,
        annotations: {
          ...annotated({
            ...annotations,
            // By default it would speak TLS to the pods too.
            'backend-tls-enabled': 'false',
            policy: 'LEAST_CONNECTIONS',
            'healthcheck-protocol': 'HTTP',
            'healthcheck-path': backend.healthPath,
            'healthcheck-interval-milliseconds': '5000',
            'healthcheck-timeout-milliseconds': '2000',
            'healthcheck-retries': '3',
            'healthcheck-return-code': '200',
          }),
          // An address comes when the controller has been there, which the first deployment does not wait for.
          ...UNAWAITED,
        },
      },
      spec: {
        ingressClassName: className,
        rules: [
          {
            http: {
              paths: [
                {
                  path: '/',
                  pathType: 'Prefix',
                  backend: { service: { name: backend.service, port: { number: backend.port } } },
                },
              ],
            },
          },
        ],
      },
    },
    options,
  )
}
