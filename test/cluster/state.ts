import { AppsV1Api, type CoreV1Api, type V1Node, type V1Pod } from '@kubernetes/client-node'
import { vi } from 'vitest'
import { POOL } from '../../infra/cluster/placement.ts'
import type { Load } from '../../tools/plan/capacity.ts'
import { type PodSpec, takes } from '../../tools/plan/model.ts'
import { mebi, milli } from '../../tools/plan/quantity.ts'
import type { Api } from './api.ts'

/** Milliseconds after which pods that are not placed never will be. */
const PATIENCE = 240_000

/** What is asked again and again is asked after so many milliseconds. */
export const INTERVAL = 500

/** Waits until every workload has all of its pods ready, and none waits for a place. */
export async function settled(core: CoreV1Api, api: Api): Promise<void> {
  const apps = new AppsV1Api(api.settings)
  let missing: string[] = []
  const isSettled = async () => {
    missing = [...(await short(apps)), ...(await waiting(core))]
    return missing.length === 0
  }
  await vi.waitUntil(isSettled, { timeout: PATIENCE, interval: INTERVAL }).catch((cause) => {
    throw new Error(`not all pods run: ${missing.slice(0, 10).join('; ')}`, { cause })
  })
}

/** Workloads that lack ready pods. */
async function short(apps: AppsV1Api): Promise<string[]> {
  const [deployments, sets, daemons] = await Promise.all([
    apps.listDeploymentForAllNamespaces(),
    apps.listStatefulSetForAllNamespaces(),
    apps.listDaemonSetForAllNamespaces(),
  ])
  const lacking = [
    ...[...deployments.items, ...sets.items].filter(
      ({ metadata, spec, status }) =>
        status?.observedGeneration !== metadata?.generation || (status?.readyReplicas ?? 0) !== (spec?.replicas ?? 1),
    ),
    ...daemons.items.filter(
      ({ status }) => status === undefined || status.numberReady !== status.desiredNumberScheduled,
    ),
  ]
  return lacking.map(({ metadata }) => `${metadata?.namespace}/${metadata?.name} is short of pods`)
}

/** Pods without a place, and why. */
async function waiting(core: CoreV1Api): Promise<string[]> {
  const { items } = await core.listPodForAllNamespaces({ fieldSelector: 'status.phase=Pending' })
  return items.map(
    ({ metadata, status }) =>
      `${metadata?.namespace}/${metadata?.name}: ${status?.conditions?.find(({ message }) => message)?.message}`,
  )
}

/** A node with the pods that hold a place there. */
export interface Held {
  node: V1Node
  pods: V1Pod[]
}

/** All nodes with their pods; those that have ended hold no place. */
export async function heldPlaces(core: CoreV1Api): Promise<Held[]> {
  const [nodes, pods] = await Promise.all([core.listNode(), core.listPodForAllNamespaces()])
  const running = pods.items.filter(({ status }) => !['Succeeded', 'Failed'].includes(status?.phase ?? ''))
  const byNode = Map.groupBy(running, ({ spec }) => spec?.nodeName)
  return nodes.items.map((node) => ({ node, pods: byNode.get(node.metadata?.name) ?? [] }))
}

/** The pool of a node, by its label. */
export const poolOf = ({ metadata }: V1Node) => metadata?.labels?.[POOL] ?? ''

/** What the scheduler keeps for pods: thousandths of a vCPU, MiB. */
export function kept(pods: V1Pod[]): Load {
  const loads = pods.map(({ spec }) =>
    takes(spec as PodSpec, ({ resources }, part) => resources?.requests?.[part] ?? resources?.limits?.[part]),
  )
  const sum = (part: 'cpu' | 'memory') => loads.reduce((all, load) => all + load[part], 0)
  return { cpu: sum('cpu'), memory: sum('memory'), pods: pods.length }
}

/** What a node has to give. */
export function allocatable({ status }: V1Node): Load {
  const { cpu = '0', memory = '0', pods = '0' } = status?.allocatable ?? {}
  return { cpu: milli(cpu), memory: mebi(memory), pods: Number(pods) }
}
