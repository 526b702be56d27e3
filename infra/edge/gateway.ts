import type { IHTTPRouteFilterSpec } from '@kubernetes-models/envoy-gateway/gateway.envoyproxy.io/v1alpha1/HTTPRouteFilterSpec'
import type { IGatewaySpec } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/GatewaySpec'
import type { IHTTPRouteSpec } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRouteSpec'
import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import type { Cluster } from '../cluster/index.ts'
import { allow, fromMetrics, inNamespace, tcp, toNames } from '../cluster/traffic.ts'
import { Component } from '../component.ts'
import { images, reference } from '../images.ts'
import type { Network } from '../network/index.ts'
import type { Workload } from '../pods.ts'
import type { Settings } from '../settings.ts'
import { Certificates } from './certificates.ts'
import { ENVOY, fromLoadBalancers, HEALTH_PATH, LISTENERS, METRICS_PORT, proxy, toCells } from './envoy.ts'
import { EnvoyGateway, OPERATORS, XDS_PORT } from './envoy-gateway.ts'
import type { HostGroup } from './host-groups.ts'
import type { Edge } from './index.ts'
import { LoadBalancer, listener } from './load-balancer.ts'

const NAMESPACE = 'kura-edge'
/** Of the Gateway, and so of the Deployment and the Service that Envoy Gateway makes of it. */
const NAME = 'kura'

/** The listener that cells' routes name. */
export const GATEWAY = { namespace: NAMESPACE, name: NAME, sectionName: LISTENERS.web.name }

/** Where Envoy may go: the cells' namespaces, and the proxy to SAML federations. */
const CELLS = { matchExpressions: [{ key: 'kura/cell', operator: 'Exists' }] }
const FEDERATION = { namespace: 'kura-identity', pods: { 'app.kubernetes.io/name': 'proxy' }, port: 8080 }
/** Whose routes it takes: of namespaces that are declared here. */
const DECLARED = { matchExpressions: [{ key: 'kura/component', operator: 'Exists' }] }

/** Beside Envoy in each of its pods, as Envoy Gateway sets it: what ends Envoy gently. */
const SHUTDOWN_MANAGER = { vcpu: 0.01, memory: 0.03125 }

interface GatewayArgs {
  settings: Pick<Settings, 'region' | 'compartment' | 'registry' | 'zone' | 'network' | 'edge' | 'operators'>
  cluster: Cluster
  network: Network
  edge: Edge
  groups: HostGroup[]
}

/** The way from the load balancers into the cluster: ingress classes, Envoy Gateway, and certificates' renewal. */
export class Gateway extends Component {
  /** The Gateway that routes name: before it, Kubernetes knows no routes. */
  readonly listening: pulumi.Resource

  constructor(name: string, { settings, network, edge }: GatewayArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:Gateway', name, options)
    const child = { parent: this }

    const namespace = new kubernetes.core.v1.Namespace(
      this.named('namespace'),
      {
        metadata: { name: NAMESPACE, labels: { ...this.labels, 'pod-security.kubernetes.io/enforce': 'restricted' } },
      },
      child,
    ).metadata.name
    this.#allow(namespace, network.addresses.loadBalancers)
    const operators =
      settings.operators === 'install' ? [new EnvoyGateway(this.named('controller'), settings, NAMESPACE, child)] : []
    this.listening = this.#gateway(namespace, settings, { ...child, dependsOn: operators })

    const after = { ...child, dependsOn: [this.listening] }
    const envoy = (port: number) => ({ namespace, service: NAME, port, healthPath: HEALTH_PATH })
    for (const [number, door] of edge.doors)
      new LoadBalancer(
        this.named(String(number)),
        { settings, network, door, wafPolicyId: edge.wafPolicyId, ...envoy(LISTENERS.web.port) },
        after,
      )
    const doors = [...edge.doors.values(), edge.identity]
    for (const door of doors)
      listener(
        this.named(`${door.name}-http`),
        {
          name: `${door.name}-http`,
          labels: this.labels,
          className: door.name,
          backend: envoy(LISTENERS.redirect.port),
          annotations: { 'http-listener-port': '80' },
        },
        after,
      )
    new Certificates(this.named('certificates'), { settings, namespace, doors }, after)

    const { replicas, vcpu, memory } = settings.edge.gateway
    const workload: Workload = {
      name: NAME,
      namespace: NAMESPACE,
      kind: 'Deployment',
      pool: 'web',
      replicas,
      vcpu: vcpu + SHUTDOWN_MANAGER.vcpu,
      memory: memory + SHUTDOWN_MANAGER.memory,
    }
    this.registerOutputs({ workloads: [workload] })
  }

  /** Envoy, how it takes and hands on requests, and what it answers itself. */
  #gateway(
    namespace: pulumi.Output<string>,
    { registry, edge }: Pick<Settings, 'registry' | 'edge'>,
    options: pulumi.CustomResourceOptions,
  ) {
    const object = (suffix: string, apiVersion: string, kind: string, name: string, spec: object, after = options) =>
      new kubernetes.apiextensions.CustomResource(
        this.named(suffix),
        {
          apiVersion,
          kind,
          metadata: { name, labels: this.labels, ...(kind === 'GatewayClass' ? {} : { namespace }) },
          spec,
        },
        after,
      )
    const standard = 'gateway.networking.k8s.io/v1'
    const own = 'gateway.envoyproxy.io/v1alpha1'

    const made = [
      object('class', standard, 'GatewayClass', NAME, { controllerName: CONTROLLER }),
      object('proxy', own, 'EnvoyProxy', NAME, proxy(reference(registry, images.envoy), edge.gateway)),
    ]
    const gateway = object('gateway', standard, 'Gateway', NAME, GATEWAY_SPEC, { ...options, dependsOn: made })

    const after = { ...options, dependsOn: [gateway] }
    object('from-load-balancers', own, 'ClientTrafficPolicy', 'from-load-balancers', fromLoadBalancers(NAME), after)
    object('to-cells', own, 'BackendTrafficPolicy', 'to-cells', toCells(NAME), after)
    object('redirect', standard, 'HTTPRoute', 'redirect', REDIRECT, after)
    object('unknown-host-answer', own, 'HTTPRouteFilter', UNKNOWN_HOST, UNKNOWN_HOST_ANSWER, after)
    object('unknown-host', standard, 'HTTPRoute', UNKNOWN_HOST, UNKNOWN_HOST_ROUTE, after)
    return gateway
  }

  /** Who may reach Envoy, and whom it may reach. */
  #allow(namespace: pulumi.Output<string>, loadBalancers: string) {
    const policy = (suffix: string, traffic: Partial<Parameters<typeof allow>[2]>) =>
      allow(this.named(suffix), suffix, { namespace, labels: this.labels, ...traffic }, this)
    policy('deny-all', {})
    policy('allow-envoy', {
      pods: ENVOY,
      ingress: [
        // Nobody else: Envoy believes who asks what it says of the reader's address.
        { from: [{ ipBlock: { cidr: loadBalancers } }], ports: Object.values(LISTENERS).map(({ port }) => tcp(port)) },
        fromMetrics(METRICS_PORT),
      ],
      egress: [
        toNames,
        { to: [inNamespace(OPERATORS)], ports: [tcp(XDS_PORT)] },
        { to: [{ namespaceSelector: CELLS }] },
        { to: [inNamespace(FEDERATION.namespace, FEDERATION.pods)], ports: [tcp(FEDERATION.port)] },
      ],
    })
  }
}

const CONTROLLER = 'gateway.envoyproxy.io/gatewayclass-controller'

const GATEWAY_SPEC: IGatewaySpec = {
  gatewayClassName: NAME,
  infrastructure: { parametersRef: { group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', name: NAME } },
  listeners: [
    {
      ...LISTENERS.web,
      protocol: 'HTTP',
      allowedRoutes: { namespaces: { from: 'Selector', selector: DECLARED } },
    },
    { ...LISTENERS.redirect, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'Same' } } },
  ],
}

const REDIRECT: IHTTPRouteSpec = {
  parentRefs: [{ name: NAME, sectionName: LISTENERS.redirect.name }],
  rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] }],
}

const UNKNOWN_HOST = 'unknown-host'

const UNKNOWN_HOST_ANSWER: IHTTPRouteFilterSpec = {
  directResponse: {
    statusCode: 404,
    contentType: 'text/plain; charset=utf-8',
    body: { type: 'Inline', inline: 'There is no repository at this address.\n' },
  },
}

/** For every host that no cell has. */
const UNKNOWN_HOST_ROUTE: IHTTPRouteSpec = {
  parentRefs: [{ name: NAME, sectionName: LISTENERS.web.name }],
  rules: [
    {
      filters: [
        {
          type: 'ExtensionRef',
          extensionRef: { group: 'gateway.envoyproxy.io', kind: 'HTTPRouteFilter', name: UNKNOWN_HOST },
        },
      ],
    },
  ],
}
