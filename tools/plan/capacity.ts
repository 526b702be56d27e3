/**
 * Whether pods find a place: they are really put on nodes, one by one, as sums alone would let half a pod stand on one
 * node and half on another.
 */

/** What a node offers, or pods take. vCPU in thousandths, MiB, and a number of pods. */
export interface Load {
  cpu: number
  memory: number
  pods: number
}

/** Pods of one size. */
export interface Pods {
  name: string
  replicas: number
  /** Of each pod: thousandths of a vCPU, MiB. */
  cpu: number
  memory: number
  /** No two of them on one node. */
  apart: boolean
}

/** Pods that found no place. */
export interface Unplaced {
  name: string
  pods: number
  /** What was short where there was most room: by how much for one pod, or that each node holds one already. */
  shortage: string
}

export interface Packing {
  /** What is used of each node. */
  nodes: Load[]
  unplaced: Unplaced[]
}

/**
 * Puts pods on so many alike nodes: the largest first, each on the first node that has room. So a further node never
 * makes it worse. (That a pod less never does is not certain: no method that is quick promises it.)
 *
 * @param node what each node has to give, without what stands on all of them
 */
export function pack(node: Load, nodes: number, workloads: Pods[]): Packing {
  const packing: Packing = {
    nodes: Array.from({ length: nodes }, () => ({ cpu: 0, memory: 0, pods: 0 })),
    unplaced: [],
  }
  for (const pods of largestFirst(node, workloads)) {
    let left = pods.replicas
    // Pods of one size: where the last one found no room, the next finds none either.
    for (const used of packing.nodes) {
      const places = Math.min(left, pods.apart ? 1 : Number.POSITIVE_INFINITY, room(node, used, pods))
      used.cpu += places * pods.cpu
      used.memory += places * pods.memory
      used.pods += places
      left -= places
      if (left === 0) break
    }
    if (left > 0) packing.unplaced.push({ name: pods.name, pods: left, shortage: shortage(node, packing.nodes, pods) })
  }
  return packing
}

/** Nodes that it takes to hold these pods; none if no number does, because a pod is larger than a node. */
export function nodesFor(node: Load, workloads: Pods[]): number | undefined {
  if (workloads.some((pods) => pods.replicas > 0 && room(node, { cpu: 0, memory: 0, pods: 0 }, pods) === 0))
    return undefined
  const most = workloads.reduce((sum, { replicas }) => sum + replicas, 0)
  return pack(node, most, workloads).nodes.filter(({ pods }) => pods > 0).length
}

/** How many pods of this size a node still takes. */
function room(node: Load, used: Load, pods: Pods): number {
  const times = (part: 'cpu' | 'memory') =>
    pods[part] === 0 ? Number.POSITIVE_INFINITY : Math.floor((node[part] - used[part]) / pods[part])
  return Math.max(0, Math.min(times('cpu'), times('memory'), node.pods - used.pods))
}

/** By the largest share of a node that one pod takes; equal ones by name, so that the result is always the same. */
function largestFirst(node: Load, workloads: Pods[]): Pods[] {
  const share = ({ cpu, memory }: Pods) => Math.max(cpu / node.cpu, memory / node.memory)
  // Those that must stand apart come first: they cannot use a place that others have left them.
  return workloads.toSorted(
    (a, b) => Number(b.apart) - Number(a.apart) || share(b) - share(a) || (a.name < b.name ? -1 : 1),
  )
}

function shortage(node: Load, nodes: Load[], pods: Pods): string {
  const best = (part: keyof Load) => Math.max(0, ...nodes.map((used) => node[part] - used[part]))
  const cpu = pods.cpu - best('cpu')
  const memory = pods.memory - best('memory')
  const short = [
    ...(cpu > 0 ? [`${cpu / 1000} vCPU`] : []),
    ...(memory > 0 ? [`${Math.ceil(memory)} MiB of memory`] : []),
    ...(best('pods') < 1 ? ['a pod address'] : []),
  ]
  if (short.length > 0) return `${short.join(' and ')} for one pod on the emptiest node`
  return pods.apart ? 'a node that holds none of its pods yet' : 'no node has CPU, memory and an address at once'
}
