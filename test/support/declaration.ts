import { POOL } from '../../infra/cluster/placement.ts'
import type { Workload } from '../../infra/pods.ts'
import type { CapturedResource } from '../../tools/evaluate/index.ts'
import { resourceOf } from './resource.ts'

/* Resources of a made-up stack, as the recorder captures them: as much of each as the plan reads. */

const URN = 'urn:pulumi:made::kura::'
const STACK = `${URN}pulumi:pulumi:Stack::kura-made`

type Inputs = Record<string, unknown>

/** A component, with what it tells of pods that it does not declare. */
export function part(name: string, workloads?: Workload[]): CapturedResource {
  const type = 'kura:cluster:Part'
  return resourceOf({
    urn: `${URN}${type}::${name}`,
    type,
    name,
    parent: STACK,
    custom: false,
    outputs: workloads ? { workloads } : {},
  })
}

/** A resource inside a component. */
export function made(type: string, name: string, inputs: Inputs, inside = 'kura-part'): CapturedResource {
  const parent = `${URN}kura:cluster:Part::${inside}`
  const urn = `${URN}kura:cluster:Part$${type}::${name}`
  return resourceOf({ urn, id: `id-${name}`, type, name, parent, inputs, outputs: inputs })
}

/** A node pool; 4 vCPU and 16 GiB unless something else is said, of which pods find 3.815 vCPU and 13.14 GiB. */
export function nodePool(
  name: string,
  nodes: number,
  { ocpus = 2, memory = 16, pods = 31, taint = name !== 'web' } = {},
): CapturedResource {
  return made('oci:ContainerEngine/nodePool:NodePool', `kura-part-${name}`, {
    name,
    nodeShape: 'VM.Standard.E5.Flex',
    nodeShapeConfig: { ocpus, memoryInGbs: memory },
    nodeSourceDetails: { bootVolumeSizeInGbs: '100' },
    nodeConfigDetails: {
      size: nodes,
      nsgIds: ['one'],
      nodePoolPodNetworkOptionDetails: { maxPodsPerNode: pods, podSubnetIds: ['id-kura-part-pods'] },
    },
    initialNodeLabels: [{ key: POOL, value: name }],
    nodeMetadata: {
      user_data: Buffer.from(`TAINT='${taint ? `${POOL}=${name}:NoSchedule` : ''}'\n`).toString('base64'),
    },
    nodePoolCyclingDetails: { maximumSurge: '1' },
  })
}

interface PodsArgs {
  kind?: 'Deployment' | 'StatefulSet' | 'DaemonSet'
  namespace?: string
  replicas?: number
  pool?: string
  cpu?: string
  memory?: string
  /** Beside what every pod has. */
  spec?: Inputs
  pod?: Inputs
  annotations?: Record<string, string>
  inside?: string
}

/** A Deployment, unless another kind is named, of pods with one container. */
export function pods(name: string, args: PodsArgs = {}): CapturedResource {
  const { kind = 'Deployment', namespace = 'apps', replicas = 1, cpu = '100m', memory = '128Mi' } = args
  const { pool = kind === 'DaemonSet' ? undefined : 'web' } = args
  const { spec = {}, pod = {}, annotations = {}, inside } = args
  const container = { name: 'main', resources: { requests: { cpu, memory } } }
  return made(
    `kubernetes:apps/v1:${kind}`,
    `${inside ?? 'kura-part'}-${namespace}-${name}`,
    {
      metadata: { name, namespace },
      spec: {
        ...(kind === 'DaemonSet' ? {} : { replicas }),
        ...(kind === 'Deployment' ? { strategy: { rollingUpdate: { maxSurge: 0 } } } : {}),
        template: {
          metadata: { annotations },
          spec: {
            ...(pool ? { nodeSelector: { [POOL]: pool }, tolerations: [{ key: POOL, value: pool }] } : {}),
            containers: [container],
            ...pod,
          },
        },
        ...spec,
      },
    },
    inside,
  )
}

/** The configuration of a cell, with the hosts of its institutions and the GiB that each may store. */
export function cellOf(cell: string, connections: number, institutions: Record<string, number>): CapturedResource {
  const files = Object.entries(institutions).map(([id, storage]) => [
    `tenant.${id}.json`,
    JSON.stringify({ id, hosts: [`${id}.example`], limits: { storage } }),
  ])
  return made('kubernetes:core/v1:ConfigMap', `kura-part-${cell}`, {
    metadata: { name: 'configuration', namespace: `kura-cell-${cell}` },
    data: { 'kura.json': JSON.stringify({ cell, database: { connections } }), ...Object.fromEntries(files) },
  })
}
