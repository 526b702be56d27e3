import { type Load, nodesFor, type Pods, pack, type Unplaced } from './capacity.ts'
import { shownPart } from './declared.ts'
import type { PlannedWorkload, Pool } from './model.ts'

/** A pool with its pods on its nodes. CPU in thousandths of a vCPU, memory in MiB. */
export interface PoolPlan {
  name: string
  nodes: number
  /** Size of a node. vCPU, GiB. */
  vcpu: number
  memory: number
  dedicated: boolean
  /** What pods find on a node, before anything runs there. */
  node: Load
  /** What the DaemonSets take of each node. */
  everywhere: Load
  /** Alike workloads of alike parts share a line. */
  workloads: WorkloadLine[]
  /** All as declared, jobs at their peak. */
  steady: State
  /** Every Deployment rolling at once. */
  rolling: State
  /** One node gone. */
  short: State
  /** Pod addresses that pods use, and those that the nodes hold ready. */
  addresses: { used: number; held: number }
  /** Nodes that would be enough, one of them gone or all Deployments rolling; none if a pod is larger than a node. */
  enough: number | undefined
}

export interface WorkloadLine {
  name: string
  kind: PlannedWorkload['kind']
  /** Alike workloads. */
  workloads: number
  pods: number
  /** Pods that come besides while they roll. */
  surge: number
  /** Of each pod. */
  cpu: number
  memory: number
  /** One on each node, so that one stays away while a node is gone. */
  oneEach: boolean
}

export interface State {
  nodes: number
  used: Load
  free: Load
  /** Pods that stay away until the node is back, by workload: those that are one on each node. */
  away: string[]
  unplaced: Unplaced[]
}

/**
 * What stands on each pool's nodes, and whether it finds a place.
 *
 * @param cells names of the cells, whose workloads share lines
 */
export function planPools(pools: Pool[], workloads: PlannedWorkload[], cells: string[]): PoolPlan[] {
  const ofCells = new Set(cells.map((cell) => `cell-${cell}`))
  /** `<namespace>/<name>`, with one line for all cells. */
  const shown = (name: string) => {
    const [namespace = '', rest = ''] = name.split('/')
    return `${shownPart(namespace)}/${ofCells.has(rest) ? 'cell-*' : rest}`
  }
  return pools.map((pool) => planPool(pool, workloads, shown))
}

/**
 * Addresses that the nodes hold ready for pods, one more node of each pool while it is renewed, and all that there are.
 *
 * @param ranges of the pods' subnets
 */
export function planAddresses(pools: Pool[], ranges: string[]): { held: number; all: number } {
  return {
    held: pools.reduce((sum, { nodes, surge, node }) => sum + (nodes + surge) * node.pods, 0),
    all: ranges.reduce((sum, range) => sum + usable(range), 0),
  }
}

/** Oracle keeps the first two addresses of a subnet and the last. */
function usable(range: string): number {
  return 2 ** (32 - Number(range.split('/')[1])) - 3
}

/** Workloads of a pool that is not declared. */
export function homeless(pools: Pool[], workloads: PlannedWorkload[]): PlannedWorkload[] {
  const known = new Set(['every', ...pools.map(({ name }) => name)])
  return workloads.filter(({ pool }) => !known.has(pool))
}

function planPool(pool: Pool, all: PlannedWorkload[], shown: (name: string) => string): PoolPlan {
  const { name, nodes, vcpu, memory, dedicated, node } = pool
  const here = all.filter(({ pool: wanted }) => wanted === name || wanted === 'every')
  const onEach = here.filter(({ kind }) => kind === 'DaemonSet')
  const placed = here.filter(({ kind }) => kind !== 'DaemonSet')
  const everywhere: Load = { cpu: sum(onEach, 'cpu'), memory: sum(onEach, 'memory'), pods: onEach.length }
  const left: Load = {
    cpu: node.cpu - everywhere.cpu,
    memory: node.memory - everywhere.memory,
    pods: node.pods - everywhere.pods,
  }

  const state = (count: number, pods: Pods[], away: string[] = []): State => {
    // A node that its DaemonSets overfill holds nothing more, and says so.
    const over = onEach.length > 0 && (left.cpu < 0 || left.memory < 0 || left.pods < 0)
    const packing = pack(left, count, pods)
    const used = total([
      ...packing.nodes,
      { cpu: everywhere.cpu * count, memory: everywhere.memory * count, pods: everywhere.pods * count },
    ])
    const whole = { cpu: node.cpu * count, memory: node.memory * count, pods: node.pods * count }
    return {
      nodes: count,
      used,
      free: { cpu: whole.cpu - used.cpu, memory: whole.memory - used.memory, pods: whole.pods - used.pods },
      away,
      unplaced: [...(over ? [overfilled(onEach, left, count)] : []), ...together(packing.unplaced, shown)],
    }
  }

  const oneEach = (workload: PlannedWorkload) => isOneEach(workload, pool)
  const pods = (replicas: (workload: PlannedWorkload) => number): Pods[] =>
    placed.map((workload) => ({
      ...workload,
      replicas: replicas(workload),
      apart: workload.apart || oneEach(workload),
    }))
  const steady = pods(({ replicas }) => replicas)
  const rolling = pods(({ replicas, surge }) => replicas + surge)
  const away = placed.filter((workload) => oneEach(workload))
  const short = pods((workload) => workload.replicas - (oneEach(workload) ? 1 : 0))

  const address = ({ hostNetwork }: PlannedWorkload) => !hostNetwork
  return {
    name,
    nodes,
    vcpu,
    memory,
    dedicated,
    node,
    everywhere,
    workloads: lines(here, nodes, oneEach, shown),
    steady: state(nodes, steady),
    rolling: state(nodes, rolling),
    short: state(
      nodes - 1,
      short,
      away.map((workload) => workload.name),
    ),
    addresses: {
      used:
        placed.filter(address).reduce((all, { replicas }) => all + replicas, 0) + onEach.filter(address).length * nodes,
      held: nodes * node.pods,
    },
    enough: enough(left, short, rolling),
  }
}

/**
 * Whether a workload has one pod on each node of its pool, so that a lost node takes one away without another place
 * for it. Databases are declared so: as many instances as their own pool has nodes, or, on any pool, as many pods as
 * nodes that must not share one. Those that remain carry on; all others have to move.
 */
function isOneEach({ replicas, apart, kind }: PlannedWorkload, { nodes, dedicated }: Pool): boolean {
  return replicas === nodes && (apart || (dedicated && (kind === 'StatefulSet' || kind === 'Deployment')))
}

function enough(node: Load, short: Pods[], rolling: Pods[]): number | undefined {
  const remaining = nodesFor(node, short)
  const moving = nodesFor(node, rolling)
  return remaining === undefined || moving === undefined ? undefined : Math.max(remaining + 1, moving)
}

/** One line for alike workloads of all cells, which names one of them. */
function together(unplaced: Unplaced[], shown: (name: string) => string): Unplaced[] {
  const alike = Map.groupBy(unplaced, ({ name }) => shown(name))
  return [...alike.values()].map((group) => {
    const [first] = group as [Unplaced]
    const others = group.length - 1
    return {
      ...first,
      name: others === 0 ? first.name : `${first.name} and ${others} alike`,
      pods: sum(group, 'pods'),
    }
  })
}

function overfilled(onEach: PlannedWorkload[], left: Load, count: number): Unplaced {
  const short = [
    ...(left.cpu < 0 ? [`${-left.cpu / 1000} vCPU`] : []),
    ...(left.memory < 0 ? [`${-left.memory} MiB of memory`] : []),
    ...(left.pods < 0 ? [`${-left.pods} pod addresses`] : []),
  ]
  return {
    name: `the DaemonSets ${onEach.map(({ name }) => name).join(', ')}`,
    pods: count,
    shortage: `${short.join(' and ')} on each node`,
  }
}

function lines(
  workloads: PlannedWorkload[],
  nodes: number,
  oneEach: (workload: PlannedWorkload) => boolean,
  shown: (name: string) => string,
): WorkloadLine[] {
  const alike = Map.groupBy(workloads, ({ name, kind, cpu, memory }) => `${kind} ${shown(name)} ${cpu} ${memory}`)
  return [...alike.values()]
    .map((group): WorkloadLine => {
      const [first] = group as [PlannedWorkload]
      const pods = group.reduce((all, { kind, replicas }) => all + (kind === 'DaemonSet' ? nodes : replicas), 0)
      return {
        name: shown(first.name),
        kind: first.kind,
        workloads: group.length,
        pods,
        surge: sum(group, 'surge'),
        cpu: first.cpu,
        memory: first.memory,
        oneEach: oneEach(first),
      }
    })
    .sort((a, b) => b.pods * b.memory - a.pods * a.memory || (a.name < b.name ? -1 : 1))
}

function sum<Key extends string>(all: Record<Key, number>[], part: Key): number {
  return all.reduce((total, one) => total + one[part], 0)
}

function total(loads: Load[]): Load {
  return { cpu: sum(loads, 'cpu'), memory: sum(loads, 'memory'), pods: sum(loads, 'pods') }
}
