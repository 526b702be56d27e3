import { POOL } from '../../infra/cluster/placement.ts'
import type { Workload } from '../../infra/pods.ts'
import { cpu, memory } from '../../infra/units.ts'
import type { Load } from './capacity.ts'
import { type Declared, shownPart } from './declared.ts'
import { gibi, mebi, milli } from './quantity.ts'
import { allocatable } from './reserved.ts'

/** A node pool as it is declared. */
export interface Pool {
  name: string
  nodes: number
  vcpu: number
  /** GiB. */
  memory: number
  /** GiB of each node's boot volume. */
  bootVolume: number
  shape: string
  /** Nodes above their number while the pool is renewed. */
  surge: number
  /** Whether a taint keeps all pods away that do not name the pool. */
  dedicated: boolean
  /** What pods find on a node. */
  node: Load
  /** OCIDs of the subnets that pods have their addresses in. */
  podSubnets: string[]
}

/** Pods of one kind, of ours or told by a component as its output `workloads`. */
export interface PlannedWorkload {
  /** `<namespace>/<name>`. */
  name: string
  namespace: string
  kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'CronJob' | 'Job'
  part: string
  /** Name of a pool, or `every`. */
  pool: string
  /** Pods that there are at most, but for those that replace others; of a DaemonSet one on each node. */
  replicas: number
  /** Pods that it may have besides while it rolls. */
  surge: number
  /** Of each pod: thousandths of a vCPU, MiB. */
  cpu: number
  memory: number
  /** No two pods on one node. */
  apart: boolean
  hostNetwork: boolean
  /** GiB of block storage of each pod. */
  volume: number
  annotations: Record<string, string>
  /** What its pods must say and do not: without it, nobody knows where they run or what they take. */
  unsaid: string[]
}

interface NodePool {
  name: string
  nodeShape: string
  nodeShapeConfig: { ocpus: number; memoryInGbs: number }
  nodeSourceDetails: { bootVolumeSizeInGbs: string }
  nodeConfigDetails: {
    size: number
    nodePoolPodNetworkOptionDetails: { maxPodsPerNode: number; podSubnetIds: string[] }
  }
  initialNodeLabels?: { key: string; value: string }[]
  nodeMetadata?: { user_data?: string }
  nodePoolCyclingDetails?: { maximumSurge?: string }
}

export interface Container {
  name: string
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> }
  restartPolicy?: string
}

interface Term {
  topologyKey: string
}

/** What is read of a pod's specification. */
export interface PodSpec {
  nodeSelector?: Record<string, string>
  tolerations?: { key?: string; operator?: string; value?: string }[]
  hostNetwork?: boolean
  initContainers?: Container[]
  containers: Container[]
  affinity?: {
    nodeAffinity?: {
      requiredDuringSchedulingIgnoredDuringExecution?: {
        nodeSelectorTerms: { matchExpressions?: { key: string; values?: string[] }[] }[]
      }
    }
    podAntiAffinity?: { requiredDuringSchedulingIgnoredDuringExecution?: Term[] }
  }
  topologySpreadConstraints?: (Term & { whenUnsatisfiable: string; maxSkew: number })[]
}

interface Template {
  metadata?: { annotations?: Record<string, string> }
  spec: PodSpec
}

interface Declaration {
  metadata: { name: string; namespace?: string }
  spec: {
    replicas?: number
    parallelism?: number
    strategy?: { type?: string; rollingUpdate?: { maxSurge?: number | string } }
    template: Template
    jobTemplate?: { spec: { parallelism?: number; template: Template } }
    volumeClaimTemplates?: { spec: { resources: { requests: { storage: string } } } }[]
  }
}

interface Autoscaler {
  metadata: { namespace?: string }
  spec: { maxReplicas: number; scaleTargetRef: { kind: string; name: string } }
}

const HOST = 'kubernetes.io/hostname'

const TYPES = {
  'kubernetes:apps/v1:Deployment': 'Deployment',
  'kubernetes:apps/v1:StatefulSet': 'StatefulSet',
  'kubernetes:apps/v1:DaemonSet': 'DaemonSet',
  'kubernetes:batch/v1:CronJob': 'CronJob',
  'kubernetes:batch/v1:Job': 'Job',
} as const

/** The node pools, each by the label that its nodes carry. */
export function readPools(declared: Declared): Pool[] {
  return declared.of<NodePool>('oci:ContainerEngine/nodePool:NodePool').map(({ inputs }) => {
    const { size, nodePoolPodNetworkOptionDetails: network } = inputs.nodeConfigDetails
    const { ocpus, memoryInGbs } = inputs.nodeShapeConfig
    const label = inputs.initialNodeLabels?.find(({ key }) => key === POOL)?.value
    const script = Buffer.from(inputs.nodeMetadata?.user_data ?? '', 'base64').toString()
    return {
      name: label ?? inputs.name,
      nodes: size,
      vcpu: ocpus * 2,
      memory: memoryInGbs,
      bootVolume: Number(inputs.nodeSourceDetails.bootVolumeSizeInGbs),
      shape: inputs.nodeShape,
      surge: Number(inputs.nodePoolCyclingDetails?.maximumSurge ?? 1),
      dedicated: /^TAINT='.+'$/m.test(script),
      node: { ...allocatable(ocpus * 2, memoryInGbs), pods: network.maxPodsPerNode },
      podSubnets: network.podSubnetIds,
    }
  })
}

/** All pods that are declared, each kind once, the largest kinds of a part as they come. */
export function readWorkloads(declared: Declared): PlannedWorkload[] {
  const most = new Map(
    declared
      .of<Autoscaler>('kubernetes:autoscaling/v2:HorizontalPodAutoscaler')
      .map(({ inputs: { metadata, spec } }) => [
        `${spec.scaleTargetRef.kind} ${metadata.namespace}/${spec.scaleTargetRef.name}`,
        spec.maxReplicas,
      ]),
  )
  const ours = Object.entries(TYPES).flatMap(([type, kind]) =>
    declared.of<Declaration>(type).map(({ resource, inputs: { metadata, spec } }): PlannedWorkload => {
      const { namespace = 'default' } = metadata
      const name = `${namespace}/${metadata.name}`
      const { template, parallelism } = spec.jobTemplate?.spec ?? spec
      const replicas = most.get(`${kind} ${name}`) ?? spec.replicas ?? parallelism ?? 1
      return {
        name,
        namespace,
        kind,
        part: declared.part(resource),
        pool: poolOf(kind, template.spec),
        replicas,
        surge: kind === 'Deployment' ? surge(spec.strategy, replicas) : 0,
        ...requests(template.spec),
        apart: apart(template.spec),
        hostNetwork: template.spec.hostNetwork ?? false,
        volume: (spec.volumeClaimTemplates ?? []).reduce(
          (sum, { spec: claim }) => sum + gibi(claim.resources.requests.storage),
          0,
        ),
        annotations: template.metadata?.annotations ?? {},
        unsaid: unsaid(kind, template.spec),
      }
    }),
  )
  const told = declared.all
    .filter(({ type, outputs }) => type.startsWith('kura:') && Array.isArray(outputs.workloads))
    .flatMap((resource) =>
      (resource.outputs.workloads as Workload[]).map(
        ({ name, namespace, kind, replicas = 1, pool, volume = 0, hostNetwork = false, ...size }) => ({
          name: `${namespace}/${name}`,
          namespace,
          kind,
          part: declared.part(resource),
          pool: pool === 'every' && kind !== 'DaemonSet' ? 'web' : pool,
          replicas,
          surge: kind === 'Deployment' ? surge(undefined, replicas) : 0,
          // As the definition would write it.
          cpu: milli(cpu(size.vcpu)),
          memory: mebi(memory(size.memory)),
          apart: false,
          hostNetwork,
          volume,
          annotations: {},
          unsaid: [],
        }),
      ),
    )
  return [...ours, ...told]
}

/**
 * The pool whose nodes a pod is for. Pods that name none are kept off the dedicated pools by their taints; a DaemonSet
 * that tolerates all of those runs everywhere.
 */
function poolOf(kind: PlannedWorkload['kind'], spec: PodSpec): string {
  return namedPool(spec) ?? (kind === 'DaemonSet' && toleratesEvery(spec) ? 'every' : 'web')
}

/** The pool that a pod asks for by its selector or its affinity. */
export function namedPool({ nodeSelector, affinity }: Pick<PodSpec, 'nodeSelector' | 'affinity'>): string | undefined {
  const terms =
    affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms.flatMap(
      ({ matchExpressions = [] }) => matchExpressions,
    ) ?? []
  return nodeSelector?.[POOL] ?? terms.find(({ key }) => key === POOL)?.values?.[0]
}

/** Whether a pod may run on the nodes of every pool. */
export function toleratesEvery({ tolerations = [] }: Pick<PodSpec, 'tolerations'>): boolean {
  return tolerations.some(({ key, operator }) => operator === 'Exists' && (key === undefined || key === POOL))
}

/** Whether a pod may run on the nodes of a dedicated pool. */
export function tolerates(pool: string, { tolerations = [] }: Pick<PodSpec, 'tolerations'>): boolean {
  return toleratesEvery({ tolerations }) || tolerations.some(({ key, value }) => key === POOL && value === pool)
}

function unsaid(kind: PlannedWorkload['kind'], spec: PodSpec): string[] {
  const pool = namedPool(spec)
  const containers = [...(spec.initContainers ?? []), ...spec.containers]
  return [
    // A DaemonSet that names none runs wherever taints let it.
    ...(pool === undefined && kind !== 'DaemonSet' ? ['a node pool'] : []),
    ...(pool !== undefined && pool !== 'web' && !tolerates(pool, spec) ? [`a toleration of the pool ${pool}`] : []),
    ...(['cpu', 'memory'] as const).flatMap((part) =>
      containers
        .filter(({ resources }) => (resources?.requests?.[part] ?? resources?.limits?.[part]) === undefined)
        .map(({ name }) => `a request of ${part} for the container ${name}`),
    ),
  ]
}

/** Kubernetes lets a Deployment grow by a quarter, rounded up, if it says nothing. */
function surge(strategy: Declaration['spec']['strategy'], replicas: number): number {
  if (strategy?.type === 'Recreate') return 0
  const most = strategy?.rollingUpdate?.maxSurge ?? '25%'
  return typeof most === 'number' ? most : Math.ceil((replicas * Number.parseInt(most, 10)) / 100)
}

function apart({ affinity, topologySpreadConstraints = [] }: PodSpec): boolean {
  return (
    (affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).some(
      ({ topologyKey }) => topologyKey === HOST,
    ) ||
    topologySpreadConstraints.some(
      ({ topologyKey, whenUnsatisfiable, maxSkew }) =>
        topologyKey === HOST && whenUnsatisfiable === 'DoNotSchedule' && maxSkew === 1,
    )
  )
}

/** What the scheduler keeps for a pod. */
function requests(spec: PodSpec): { cpu: number; memory: number } {
  return takes(spec, ({ resources }, part) => resources?.requests?.[part] ?? resources?.limits?.[part])
}

/** What a pod's containers take together: their sum, or what an init container takes before them. */
export function takes(
  { initContainers = [], containers }: Pick<PodSpec, 'initContainers' | 'containers'>,
  said: (container: Container, part: 'cpu' | 'memory') => string | undefined,
): { cpu: number; memory: number } {
  const of = (part: 'cpu' | 'memory', number: (text: string) => number) => {
    const asked = (container: Container) => number(said(container, part) ?? '0')
    let beside = 0
    let before = 0
    for (const container of initContainers) {
      if (container.restartPolicy === 'Always') beside += asked(container)
      else before = Math.max(before, beside + asked(container))
    }
    return Math.max(before, beside + containers.reduce((sum, container) => sum + asked(container), 0))
  }
  return { cpu: of('cpu', milli), memory: of('memory', mebi) }
}

/** Resources by part of the platform, in the order of their names; cells share a line. */
export function countResources(declared: Declared): { part: string; resources: number }[] {
  const parts = Map.groupBy(declared.all, (resource) => shownPart(declared.part(resource)))
  return [...parts]
    .map(([part, resources]) => ({ part, resources: resources.length }))
    .sort((a, b) => (a.part < b.part ? -1 : 1))
}
