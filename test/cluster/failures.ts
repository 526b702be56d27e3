import {
  AppsV1Api,
  CoreV1Api,
  DiscoveryV1Api,
  PatchStrategy,
  setHeaderOptions,
  type V1Node,
  type V1Pod,
} from '@kubernetes/client-node'
import { vi } from 'vitest'
import type { Api } from './api.ts'
import { PLAYED } from './control-plane.ts'
import { INTERVAL } from './state.ts'

/** Milliseconds after which what has not come back does not by itself. */
const PATIENCE = 420_000

const MERGED = setHeaderOptions('Content-Type', PatchStrategy.MergePatch)

/** Nodes as a machine that dies without a word leaves them: no kubelet says anything more. */
export async function silence(core: CoreV1Api, nodes: string[]): Promise<void> {
  await label(core, nodes, null)
}

/** Their kubelets speak again. */
export async function wake(core: CoreV1Api, nodes: string[]): Promise<void> {
  await label(core, nodes, PLAYED.value)
}

async function label(core: CoreV1Api, nodes: string[], value: string | null): Promise<void> {
  const body = { metadata: { labels: { [PLAYED.key]: value } } }
  await Promise.all(nodes.map((name) => core.patchNode({ name, body }, MERGED)))
}

/** Waits until something is so, and says after how many seconds it was. */
export async function secondsUntil(holds: () => Promise<boolean>): Promise<number> {
  const began = performance.now()
  await vi.waitUntil(holds, { timeout: PATIENCE, interval: INTERVAL })
  return (performance.now() - began) / 1000
}

/** Those of the nodes that the control plane knows to say nothing. */
export async function silentOf(core: CoreV1Api, nodes: string[]): Promise<V1Node[]> {
  const { items } = await core.listNode()
  return items.filter((node) => nodes.includes(node.metadata?.name ?? '') && !isReady(node))
}

function isReady({ status }: V1Node | V1Pod): boolean {
  return status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false
}

/** Whether no Service says any more that it is served by these nodes; some name pods that are not ready, on purpose. */
export async function areUnlisted(api: Api, nodes: string[]): Promise<boolean> {
  const { items } = await new DiscoveryV1Api(api.settings).listEndpointSliceForAllNamespaces()
  return items
    .flatMap(({ endpoints }) => endpoints ?? [])
    .every(({ nodeName = '', conditions }) => !(conditions?.serving && nodes.includes(nodeName)))
}

/** Those of the Deployments, as `<namespace>/<name>`, that lack ready pods on living nodes. */
export async function shortOf(api: Api, names: Set<string>, dead: string[]): Promise<string[]> {
  const core = new CoreV1Api(api.settings)
  const [deployments, pods] = await Promise.all([
    new AppsV1Api(api.settings).listDeploymentForAllNamespaces(),
    core.listPodForAllNamespaces({ labelSelector: 'pod-template-hash' }),
  ])
  const living = pods.items.filter(
    (pod) => isReady(pod) && !pod.metadata?.deletionTimestamp && !dead.includes(pod.spec?.nodeName ?? ''),
  )
  const counts = Map.groupBy(living, ({ metadata }) => {
    const set = metadata?.ownerReferences?.[0]?.name ?? ''
    return `${metadata?.namespace}/${set.slice(0, set.lastIndexOf('-'))}`
  })
  return deployments.items
    .map(({ metadata, spec }) => ({ name: `${metadata?.namespace}/${metadata?.name}`, replicas: spec?.replicas ?? 1 }))
    .filter(({ name, replicas }) => names.has(name) && (counts.get(name)?.length ?? 0) < replicas)
    .map(({ name }) => name)
}
