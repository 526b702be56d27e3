import * as containerengine from '@pulumi/oci/containerengine/index.js'
import type * as pulumi from '@pulumi/pulumi'
import { Component } from '../component.ts'
import { kebab } from '../kebab.ts'
import type { Network } from '../network/index.ts'
import { resources, type Size, type Workload } from '../pods.ts'
import type { Settings } from '../settings.ts'
import { leavesLost, POOL, spread } from './placement.ts'

/** Nodes for each replica of CoreDNS. */
const NODES_PER_DNS = 8

/** What containers of add-ons ask for, vCPU and GiB, by the names that their add-ons call them by. */
const SIZES = {
  'kube-proxy': { vcpu: 0.05, memory: 0.125 },
  'cert-manager-controller': { vcpu: 0.05, memory: 0.25 },
  'cert-manager-webhook': { vcpu: 0.05, memory: 0.125 },
  'cert-manager-cainjector': { vcpu: 0.05, memory: 0.25 },
  'metrics-server': { vcpu: 0.1, memory: 0.25 },
  'oci-native-ingress-controller': { vcpu: 0.1, memory: 0.25 },
  'cluster-autoscaler': { vcpu: 0.1, memory: 0.5 },
} satisfies Record<string, Size>

/**
 * Pods of OKE whose requests no setting of theirs changes: what `kubectl describe node` shows. The detector's are those
 * of its own project, as Oracle does not publish its.
 */
const OKE: Workload[] = [
  daemon('vcn-native-ip-cni', { vcpu: 0, memory: 0 }),
  daemon('csi-oci-node', { vcpu: 0.03, memory: 0.07 }),
  daemon('proxymux-client', { vcpu: 0.05, memory: 0.0625 }),
  daemon('oke-node-problem-detector', { vcpu: 0.01, memory: 0.08 }),
  deployment('kube-dns-autoscaler', { vcpu: 0.02, memory: 0.01 }, 1),
]

interface AddonsArgs {
  settings: Pick<Settings, 'compartment' | 'pools'>
  network: Network
  clusterId: pulumi.Output<string>
  pools: { web: containerengine.NodePool }
}

/**
 * Add-ons of OKE. What runs on every node tolerates every taint; the rest runs on the web pool, which has none. Their
 * versions are Oracle's to choose among those that fit the cluster's: it names builds in its service alone, and
 * withdraws them.
 */
export class Addons extends Component {
  constructor(name: string, args: AddonsArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cloud:Addons', name, options)
    const { settings, network, clusterId, pools } = args
    const { web } = settings.pools
    const nodes = Object.values(settings.pools).reduce((sum, pool) => sum + pool.nodes, 0)

    const addon = (
      addonName: string,
      configurations: Record<string, pulumi.Input<string>>,
      dependsOn: pulumi.Resource[] = [],
    ) =>
      new containerengine.Addon(
        this.named(kebab(addonName)),
        {
          clusterId,
          addonName,
          configurations: Object.entries(configurations).map(([key, value]) => ({ key, value })),
          // OKE installs some by itself, with the cluster.
          overrideExisting: true,
          removeAddonResourcesOnDelete: false,
        },
        { parent: this, dependsOn },
      )
    const onEveryNode = (addonName: string, configurations: Record<string, string> = {}) =>
      addon(addonName, { tolerations: JSON.stringify([{ operator: 'Exists' }]), ...configurations })
    const onWebPool = (
      addonName: string,
      configurations: Record<string, pulumi.Input<string>>,
      dependsOn: pulumi.Resource[] = [],
    ) =>
      addon(
        addonName,
        {
          nodeSelectors: JSON.stringify({ [POOL]: 'web' }),
          tolerations: JSON.stringify(leavesLost()),
          ...configurations,
        },
        [pools.web, ...dependsOn],
      )

    onEveryNode('KubeProxy', asks('kube-proxy'))
    onEveryNode('OciVcnIpNative')
    // It says so by the node's conditions, which alarms look at.
    onEveryNode('NodeProblemDetector', { enableKubernetesExporter: 'true' })
    onWebPool('CoreDNS', {
      minReplica: '2',
      nodesPerReplica: String(NODES_PER_DNS),
      topologySpreadConstraints: JSON.stringify(spread({ 'k8s-app': 'kube-dns' })),
    })
    const certManager = onWebPool('CertManager', {
      numOfReplicas: '2',
      ...asks('cert-manager-controller', 'cert-manager-webhook', 'cert-manager-cainjector'),
    })
    onWebPool('KubernetesMetricsServer', { numOfReplicas: '2', ...asks('metrics-server') }, [certManager])
    onWebPool(
      'NativeIngressController',
      {
        authType: 'workloadIdentity',
        compartmentId: settings.compartment,
        loadBalancerSubnetId: network.subnetIds.loadBalancers,
        numOfReplicas: '2',
        ...asks('oci-native-ingress-controller'),
      },
      [certManager],
    )
    if (web.most !== undefined)
      onWebPool('ClusterAutoscaler', {
        authType: 'workload',
        numOfReplicas: '1',
        nodes: pools.web.id.apply((id) => `${web.nodes}:${web.most}:${id}`),
        // Cells keep nothing in their temporary folders.
        skipNodesWithLocalStorage: 'false',
        ...asks('cluster-autoscaler'),
      })

    const workloads: Workload[] = [
      ...OKE,
      daemon('kube-proxy', SIZES['kube-proxy']),
      // What OKE asks for it.
      deployment('coredns', { vcpu: 0.1, memory: 0.07 }, Math.max(2, Math.ceil(nodes / NODES_PER_DNS))),
      ...(['cert-manager-controller', 'cert-manager-webhook', 'cert-manager-cainjector'] as const).map((container) => ({
        ...deployment(container, SIZES[container], 2),
        namespace: 'cert-manager',
      })),
      deployment('metrics-server', SIZES['metrics-server'], 2),
      {
        ...deployment('oci-native-ingress-controller', SIZES['oci-native-ingress-controller'], 2),
        namespace: 'native-ingress-controller-system',
      },
      ...(web.most === undefined ? [] : [deployment('cluster-autoscaler', SIZES['cluster-autoscaler'], 1)]),
    ]
    this.registerOutputs({ workloads })
  }
}

/** The settings by which an add-on asks for its containers' resources. */
function asks(...containers: (keyof typeof SIZES)[]): Record<string, string> {
  return Object.fromEntries(
    containers.map((container) => [`${container}.ContainerResources`, JSON.stringify(resources(SIZES[container]))]),
  )
}

function daemon(name: string, size: Size): Workload {
  return { name, namespace: 'kube-system', kind: 'DaemonSet', pool: 'every', ...size }
}

function deployment(name: string, size: Size, replicas: number): Workload {
  return { name, namespace: 'kube-system', kind: 'Deployment', replicas, pool: 'web', ...size }
}
