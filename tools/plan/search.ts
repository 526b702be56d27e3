import type { Declared } from './declared.ts'
import type { PlannedWorkload } from './model.ts'

/** Shards and heap of Elasticsearch. */
export interface SearchPlan {
  nodes: number
  /** One index per institution, its primary and its copy, and one that is made again beside the old. */
  shards: number
  /** On the fullest node, and with one node gone. */
  perNode: number
  perNodeShort: number
  limit: number
  /** GiB of heap of each node, and whether it is declared: else Elasticsearch takes half of the pod's memory. */
  heap: number
  declared: boolean
  perHeapGib: number
}

/** `cluster.max_shards_per_node` of Elasticsearch's defaults. */
const SHARDS_PER_NODE = 1000
/** GiB above which the Java machine writes pointers at full length, and a larger heap holds less. */
export const MOST_HEAP = 31
const PRIMARIES = 1
const COPIES = 1

/** @returns nothing where no Elasticsearch is declared. */
export function planSearch(
  declared: Declared,
  institutions: number,
  workloads: PlannedWorkload[],
): SearchPlan | undefined {
  const cluster = workloads.find(({ pool, kind }) => pool === 'elasticsearch' && kind === 'StatefulSet')
  if (!cluster) return undefined
  const nodes = cluster.replicas
  const perIndex = PRIMARIES + COPIES
  const shards = (institutions + 1) * perIndex
  const set = declaredHeap(declared, cluster)
  const heap = set ?? Math.min(MOST_HEAP, cluster.memory / 1024 / 2)
  const perNode = Math.ceil(shards / nodes)
  return {
    nodes,
    shards,
    perNode,
    perNodeShort: Math.ceil(shards / Math.max(1, nodes - 1)),
    limit: SHARDS_PER_NODE,
    heap,
    declared: set !== undefined,
    perHeapGib: perNode / heap,
  }
}

interface Metadata {
  name: string
  namespace?: string
}
interface StatefulSet {
  metadata: Metadata
  spec: { template: { spec: { containers: { env?: { name: string; value?: string }[] }[] } } }
}
interface ConfigMap {
  metadata: Metadata
  data?: Record<string, string>
}

/** The heap in the Java machine's options, where the part that declares Elasticsearch says them. GiB. */
function declaredHeap(declared: Declared, { namespace }: PlannedWorkload): number | undefined {
  const here = <T extends { metadata: Metadata }>(type: string) =>
    declared.of<T>(type).filter(({ inputs }) => inputs.metadata.namespace === namespace)
  const options = [
    ...here<StatefulSet>('kubernetes:apps/v1:StatefulSet').flatMap(({ inputs }) =>
      inputs.spec.template.spec.containers.flatMap(({ env = [] }) => env.flatMap(({ value }) => value ?? [])),
    ),
    ...here<ConfigMap>('kubernetes:core/v1:ConfigMap').flatMap(({ inputs: { data = {} } }) =>
      Object.keys(data).flatMap((file) => (file.endsWith('.options') ? (data[file] ?? []) : [])),
    ),
  ]
  for (const text of options) {
    const [, number, unit = 'k'] = /-Xmx(\d+)([kmg])/i.exec(text) ?? []
    const gib = { k: 2 ** -20, m: 2 ** -10, g: 1 }[unit.toLowerCase()] ?? 1
    if (number !== undefined) return Number(number) * gib
  }
  return undefined
}
