import type { CapturedResource, Evaluation } from '../../tools/evaluate/index.ts'
import { opened } from './stacks.ts'

/** Key and value, as Kubernetes selects by them. */
export type Labels = Record<string, string>

export interface Container {
  name: string
  image: string
  command?: string[]
  args?: string[]
  env?: { name: string; value?: string; valueFrom?: { secretKeyRef?: { name: string } } }[]
  ports?: { containerPort: number; protocol?: string; name: string }[]
  volumeMounts?: { name: string; mountPath: string; subPath?: string }[]
}

interface Source {
  secret?: { name: string }
  configMap?: { name: string }
}

export interface Volume {
  name: string
  secret?: { secretName: string }
  configMap?: { name: string }
  projected?: { sources: Source[] }
  persistentVolumeClaim?: { claimName: string }
  hostPath?: { path: string }
}

export interface PodSpec {
  nodeSelector?: Labels
  tolerations?: { key?: string; operator: string; value?: string; effect?: string }[]
  hostNetwork?: boolean
  priorityClassName?: string
  serviceAccountName?: string
  automountServiceAccountToken?: boolean
  initContainers?: Container[]
  containers: Container[]
  volumes?: Volume[]
}

/** A pod as a workload makes it: one that is declared, or a chart's, an operator's or an add-on's. */
export interface Pod {
  /** `<namespace>/<workload>` */
  name: string
  namespace: string
  labels: Labels
  annotations: Labels
  /** Ports that it listens on. */
  ports: number[]
  /** Whether it runs on every node. */
  daemon: boolean
  /** Of others', what is said of them here. */
  spec: PodSpec
  /** Whose the pod is. */
  resource: CapturedResource
}

interface Template {
  metadata: { labels: Labels; annotations?: Labels }
  spec: PodSpec
}
interface Workload {
  metadata: { name: string; namespace: string }
  spec: { template: Template; jobTemplate?: { spec: { template: Template } } }
}

const WORKLOAD = /^kubernetes:(apps|batch)\/v1:(Deployment|StatefulSet|DaemonSet|Job|CronJob)$/

/** Pods of the workloads that are declared one by one. */
export function declaredPods({ resources }: Pick<Evaluation, 'resources'>): Pod[] {
  return resources
    .filter(({ type }) => WORKLOAD.test(type))
    .map((resource) => {
      const { metadata, spec } = opened<Workload>(resource)
      const template = spec.jobTemplate?.spec.template ?? spec.template
      return {
        name: `${metadata.namespace}/${metadata.name}`,
        namespace: metadata.namespace,
        labels: template.metadata.labels,
        annotations: template.metadata.annotations ?? {},
        ports: containersOf(template.spec).flatMap(({ ports = [] }) => ports.map(({ containerPort }) => containerPort)),
        daemon: resource.type.endsWith(':DaemonSet'),
        spec: template.spec,
        resource,
      }
    })
}

/** All containers of a pod, those that come first included. */
export function containersOf({ initContainers = [], containers }: PodSpec): Container[] {
  return [...initContainers, ...containers]
}

/** Secrets that a pod reads, by files or by variables. */
export function secretsOf(spec: PodSpec): string[] {
  const mounted = (spec.volumes ?? []).flatMap(({ secret, projected }) => [
    ...(secret ? [secret.secretName] : []),
    ...(projected?.sources ?? []).flatMap((source) => (source.secret ? [source.secret.name] : [])),
  ])
  const variables = containersOf(spec).flatMap(({ env = [] }) =>
    env.flatMap(({ valueFrom }) => (valueFrom?.secretKeyRef ? [valueFrom.secretKeyRef.name] : [])),
  )
  return [...new Set([...mounted, ...variables])]
}

/** What others' own documentation and charts say of a pod of theirs. */
interface Made {
  /** Of the resource by which it is declared. */
  resource: string
  /** `<namespace>/<workload>` */
  name: string
  labels: Labels
  ports: number[]
  /** Where its resource says annotations and place. */
  read?: (inputs: never) => { annotations?: Labels | undefined } & Partial<PodSpec>
  annotations?: Labels
}

interface Postgresql {
  spec: {
    podAnnotations: Labels
    tolerations: NonNullable<PodSpec['tolerations']>
    env: NonNullable<Container['env']>
    tls: { secretName: string }
    nodeAffinity: Affinity
  }
}
interface RabbitmqCluster {
  spec: {
    tolerations: NonNullable<PodSpec['tolerations']>
    affinity: { nodeAffinity: Affinity }
    tls: { secretName: string }
    override: { statefulSet: { spec: { template: { metadata: { annotations: Labels }; spec: PodSpec } } } }
  }
}
interface Affinity {
  requiredDuringSchedulingIgnoredDuringExecution: {
    nodeSelectorTerms: { matchExpressions: { key: string; values: string[] }[] }[]
  }
}
interface EnvoyProxy {
  spec: { provider: { kubernetes: { envoyDeployment: { pod: { annotations: Labels } & Partial<PodSpec> } } } }
}
interface EnvoyGateway {
  values: {
    deployment: { pod: { annotations: Labels; nodeSelector: Labels } }
    certgen: { job: { nodeSelector: Labels } }
  }
}
interface Placed {
  values: { nodeSelector: Labels }
}

const pinned = ({ requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } }: Affinity): Labels =>
  Object.fromEntries(
    nodeSelectorTerms.flatMap(({ matchExpressions }) =>
      matchExpressions.map(({ key, values }) => [key, values.join()]),
    ),
  )

const MADE: Made[] = [
  {
    resource: 'kura-data-postgresql-cluster',
    name: 'kura-data/kura-data-postgresql',
    labels: { application: 'spilo', 'cluster-name': 'kura-data-postgresql' },
    ports: [5432, 8008],
    read: ({ spec }: Postgresql) => ({
      annotations: spec.podAnnotations,
      tolerations: spec.tolerations,
      nodeSelector: pinned(spec.nodeAffinity),
      containers: [{ name: 'postgres', image: '', env: spec.env }],
      volumes: [{ name: 'tls', secret: { secretName: spec.tls.secretName } }],
    }),
  },
  {
    resource: 'kura-data-rabbitmq-cluster',
    name: 'kura-data/kura-data-rabbitmq',
    labels: { 'app.kubernetes.io/name': 'kura-data-rabbitmq', 'app.kubernetes.io/component': 'rabbitmq' },
    ports: [5671, 15_671, 15_692, 4369, 25_672],
    read: ({ spec: { tolerations, affinity, tls, override } }: RabbitmqCluster) => ({
      annotations: override.statefulSet.spec.template.metadata.annotations,
      tolerations,
      nodeSelector: pinned(affinity.nodeAffinity),
      volumes: [
        { name: 'tls', secret: { secretName: tls.secretName } },
        ...(override.statefulSet.spec.template.spec.volumes ?? []),
      ],
    }),
  },
  {
    resource: 'kura-gateway-proxy',
    name: 'kura-edge/envoy',
    labels: { 'app.kubernetes.io/name': 'envoy', 'app.kubernetes.io/managed-by': 'envoy-gateway' },
    ports: [10_080, 10_081, 19_001],
    read: ({ spec }: EnvoyProxy) => spec.provider.kubernetes.envoyDeployment.pod,
  },
  {
    resource: 'kura-gateway-controller-release',
    name: 'kura-operators/envoy-gateway',
    labels: { 'control-plane': 'envoy-gateway' },
    ports: [18_000, 19_001],
    read: ({ values }: EnvoyGateway) => values.deployment.pod,
  },
  {
    resource: 'kura-gateway-controller-release',
    name: 'kura-operators/certgen',
    labels: { app: 'certgen' },
    ports: [],
    read: ({ values }: EnvoyGateway) => values.certgen.job,
  },
  {
    resource: 'kura-operators-postgres',
    name: 'kura-operators/postgres-operator',
    labels: { 'app.kubernetes.io/name': 'postgres-operator' },
    ports: [8080],
    read: ({ values: { nodeSelector } }: Placed) => ({ nodeSelector }),
  },
  {
    resource: 'kura-gateway-certificates-dns-release',
    name: 'kura-edge/dns-solver',
    labels: { app: 'dns-solver' },
    ports: [6443],
    read: ({ values: { nodeSelector } }: Placed) => ({ nodeSelector, serviceAccountName: 'dns-solver' }),
  },
  // Add-ons of OKE, in namespaces that no policy of ours concerns. cert-manager's own manifests annotate its controller.
  addon('core-dns', 'kube-system/coredns', { 'k8s-app': 'kube-dns' }, [53]),
  addon('kubernetes-metrics-server', 'kube-system/metrics-server', { 'k8s-app': 'metrics-server' }, [10_250]),
  addon('cert-manager', 'cert-manager/cert-manager', { 'app.kubernetes.io/component': 'controller' }, [9402], {
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': '9402',
    'prometheus.io/path': '/metrics',
  }),
  addon('cert-manager', 'cert-manager/cert-manager-webhook', { 'app.kubernetes.io/component': 'webhook' }, [10_250]),
  addon(
    'native-ingress-controller',
    'native-ingress-controller-system/oci-native-ingress-controller',
    { 'app.kubernetes.io/name': 'oci-native-ingress-controller' },
    [9443],
  ),
]

interface Addon {
  configurations: { key: string; value: string }[]
}

function addon(suffix: string, name: string, labels: Labels, ports: number[], annotations: Labels = {}): Made {
  return {
    resource: `kura-cluster-addons-${suffix}`,
    name,
    labels,
    ports,
    annotations,
    read: ({ configurations }: Addon) => {
      const value = (key: string) => configurations.find((each) => each.key === key)?.value
      const selector = value('nodeSelectors')
      return {
        ...(selector === undefined ? {} : { nodeSelector: JSON.parse(selector) as Labels }),
        serviceAccountName: name.split('/')[1] ?? '',
      }
    },
  }
}

/**
 * Pods of charts, operators and add-ons, as far as they are known to us. What their resource says is read from it.
 *
 * @throws Error if the resource is not declared, so that no fact outlives what it is about.
 */
function madePods({ resources }: Pick<Evaluation, 'resources'>): Pod[] {
  return MADE.map(({ resource: by, name, labels, ports, annotations = {}, read }) => {
    const resource = resources.find((each) => each.name === by)
    if (!resource) throw new Error(`${by}, which makes ${name}, is not declared`)
    const { annotations: said = annotations, ...spec } = read?.(opened<never>(resource)) ?? {}
    const [namespace = ''] = name.split('/')
    return {
      name,
      namespace,
      labels,
      annotations: said,
      ports,
      daemon: false,
      spec: { containers: [], ...spec },
      resource,
    }
  })
}

/** All pods that are known. */
export function allPods(evaluation: Pick<Evaluation, 'resources'>): Pod[] {
  return [...declaredPods(evaluation), ...madePods(evaluation)]
}
