import type * as pulumi from '@pulumi/pulumi'
import { installChart } from '../cluster/chart.ts'
import { PRIORITY } from '../cluster/classes.ts'
import { leavesLost, POOL, spread } from '../cluster/placement.ts'
import { allow, fromMetrics, inNamespace, tcp, toApi, toNames } from '../cluster/traffic.ts'
import { Component } from '../component.ts'
import { images, reference } from '../images.ts'
import { resources, scraped, type Workload } from '../pods.ts'
import type { Settings } from '../settings.ts'

/** Where operators live. */
export const OPERATORS = 'kura-operators'

/** Labels of the controller's pods, and of the job that makes its certificates, as the chart gives them. */
const CONTROLLER = { 'control-plane': 'envoy-gateway' }
const CERTIFIER = { app: 'certgen' }

/** Where Envoys ask what to do. */
export const XDS_PORT = 18_000
const METRICS_PORT = 19_001

const SIZE = { vcpu: 0.1, memory: 0.5 }
const REPLICAS = 2
/** Of the job that makes its certificates at every installation. */
const CERTIFIER_SIZE = { vcpu: 0.01, memory: 0.0625 }

/** The controller of Envoy: it reads Gateways and routes, and tells Envoys. Without it, they go on as they are. */
export class EnvoyGateway extends Component {
  constructor(
    name: string,
    settings: Pick<Settings, 'registry' | 'network'>,
    /** Where Envoys run. */
    proxies: string,
    options: pulumi.ComponentResourceOptions,
  ) {
    super('kura:cluster:EnvoyGateway', name, options)
    const policy = (suffix: string, traffic: Partial<Parameters<typeof allow>[2]>) =>
      allow(
        this.named(suffix),
        `envoy-gateway-${suffix}`,
        { namespace: OPERATORS, labels: this.labels, ...traffic },
        this,
      )
    const policies = [
      policy('allow-controller', {
        pods: CONTROLLER,
        ingress: [{ from: [inNamespace(proxies)], ports: [tcp(XDS_PORT)] }, fromMetrics(METRICS_PORT)],
        egress: [toNames, toApi(settings.network)],
      }),
      policy('allow-certifier', { pods: CERTIFIER, egress: [toNames, toApi(settings.network)] }),
    ]

    installChart(
      this.named('release'),
      {
        chart: 'envoy-gateway',
        namespace: OPERATORS,
        values: {
          global: { images: { envoyGateway: { image: reference(settings.registry, images.envoyGateway) } } },
          deployment: {
            replicas: REPLICAS,
            priorityClassName: PRIORITY.edge,
            envoyGateway: { resources: resources(SIZE) },
            pod: {
              annotations: scraped(METRICS_PORT),
              nodeSelector: { [POOL]: 'web' },
              tolerations: leavesLost(),
              topologySpreadConstraints: spread(CONTROLLER),
            },
          },
          podDisruptionBudget: { minAvailable: 1 },
          certgen: { job: { nodeSelector: { [POOL]: 'web' }, resources: resources(CERTIFIER_SIZE) } },
          // It would tell Envoys their zone, and there is one.
          topologyInjector: { enabled: false },
          // Envoys run in the namespace of their Gateway, not beside the operators.
          config: { envoyGateway: { provider: { kubernetes: { deploy: { type: 'GatewayNamespace' } } } } },
        },
      },
      { parent: this, dependsOn: policies },
    )

    const shared = { namespace: OPERATORS, pool: 'web' } as const
    const workloads: Workload[] = [
      { name: 'envoy-gateway', kind: 'Deployment', replicas: REPLICAS, ...SIZE, ...shared },
      { name: 'envoy-gateway-certgen', kind: 'Job', ...CERTIFIER_SIZE, ...shared },
    ]
    this.registerOutputs({ workloads })
  }
}
