import { PRIORITY } from './cluster/classes.ts'
import { leavesLost, POOL, spread, tolerations } from './cluster/placement.ts'
import { restrictedPod } from './pod-security.ts'
import type { PoolName } from './settings.ts'
import { cpu, memory } from './units.ts'

/** What a container asks for. vCPU and GiB. */
export interface Size {
  vcpu: number
  /** vCPU that it may use while the node has them free; without it, all that are free. */
  burst?: number
  memory: number
}

/**
 * Pods that are not declared one by one: a chart's, an operator's or an add-on's. A component registers them as its
 * output `workloads`, so that the plan counts them.
 */
export interface Workload extends Size {
  name: string
  namespace: string
  kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'CronJob' | 'Job'
  /** Pods of it; a DaemonSet has one on each node of its pools. */
  replicas?: number
  pool: PoolName | 'every'
  /** GiB of block storage of each pod. */
  volume?: number
  /** Whether the pods use their nodes' addresses, and so take none of the pods'. */
  hostNetwork?: boolean
}

/** Requests and limits of a container. Memory is limited to what is asked for, so that no pod lives on its neighbours'. */
export function resources(size: Size) {
  return {
    requests: { cpu: cpu(size.vcpu), memory: memory(size.memory) },
    limits: { memory: memory(size.memory), ...(size.burst === undefined ? {} : { cpu: cpu(size.burst) }) },
  }
}

/**
 * What every pod of ours says: which nodes it runs on, that it is spread over them and leaves a lost one, that it may do
 * nothing, and its priority. What says no other is shared by all institutions: without one, a cell that grows would
 * drive it out.
 */
export function podOn(pool: PoolName, selector: Record<string, string>) {
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    nodeSelector: { [POOL]: pool },
    // What is lost with a node of its own pool has no other place, or a volume that must be let go first.
    tolerations: pool === 'web' ? leavesLost() : tolerations(pool),
    topologySpreadConstraints: spread(selector),
    securityContext: restrictedPod,
    priorityClassName: PRIORITY.edge,
  }
}

/** How many connections to PostgreSQL, past pgpool-II, a pod opens at most. */
export const CONNECTS = 'kura/database-connections'

/** Annotation of a pod that opens connections to PostgreSQL past pgpool-II, so that the plan counts them. */
export function connects(most: number) {
  return { [CONNECTS]: String(most) }
}

/** Annotations by which the metrics collector finds a pod's metrics. */
export function scraped(port: number, path = '/metrics') {
  return { 'prometheus.io/scrape': 'true', 'prometheus.io/port': String(port), 'prometheus.io/path': path }
}
