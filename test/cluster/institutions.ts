import { setTimeout as sleep } from 'node:timers/promises'
import { type CoreV1Api, type KubeConfig, makeInformer, type V1Pod } from '@kubernetes/client-node'
import { vi } from 'vitest'
import type { Declared } from '../../tools/plan/declared.ts'
import { readCells } from '../../tools/plan/institutions.ts'

/** The web processes of all cells: one of them ready is enough to serve a cell's institutions. */
const WEB = 'app.kubernetes.io/name=web'

/** Milliseconds until every cell is served, after all of its pods are ready. */
const PATIENCE = 30_000

/** Milliseconds after which a broken watch is begun again. */
const AGAIN = 200

/** Follows by what pods the institutions are served. */
export interface Institutions {
  /** From now on pods on these nodes count as dead, whatever the API server still says. */
  lose(nodes: string[]): void
  /** These nodes are back. */
  find(nodes: string[]): void
  /** Begins to remember anew. */
  forget(): void
  /** Since it last forgot: */
  remembered(): {
    /** Institutions that had no ready pod on a living node, for however short. */
    dark: number
    /** Seconds for which the one that was dark for longest was. */
    longest: number
    /** Pods that were fewest for a cell at any moment. */
    fewest: number
  }
  stop(): Promise<void>
}

/** Watches the web processes of a stack's cells: each change counts, however short. */
export async function followInstitutions(
  config: KubeConfig,
  core: CoreV1Api,
  declared: Declared,
): Promise<Institutions> {
  const members = new Map(
    readCells(declared).map(({ name, institutions }) => [`kura-cell-${name}`, institutions.length]),
  )
  const pods = new Map<string, V1Pod>()
  const dead = new Set<string>()
  /** Of each cell its ready pods on living nodes, since when it has had none, and for how long at most it had. */
  const cells = new Map([...members.keys()].map((cell) => [cell, { ready: 0, since: 0, dark: 0, fewest: 0 }]))

  const count = (cell: string, now = performance.now()) => {
    const state = cells.get(cell)
    if (!state) return
    const serving = [...pods.values()].filter((pod) => pod.metadata?.namespace === cell && serves(pod, dead))
    if (serving.length > 0) close(state, now)
    else if (state.ready > 0) state.since = now
    state.ready = serving.length
    state.fewest = Math.min(state.fewest, serving.length)
  }
  const close = (state: { since: number; dark: number }, now: number) => {
    if (state.since > 0) state.dark = Math.max(state.dark, now - state.since)
    state.since = 0
  }
  const countAll = () => {
    for (const cell of cells.keys()) count(cell)
  }

  const list = () => core.listPodForAllNamespaces({ labelSelector: WEB })
  const informer = makeInformer<V1Pod>(config, '/api/v1/pods', list, WEB)
  const keep = (pod: V1Pod) => {
    pods.set(pod.metadata?.uid ?? '', pod)
    count(pod.metadata?.namespace ?? '')
  }
  informer.on('add', keep)
  informer.on('update', keep)
  informer.on('delete', (pod) => {
    pods.delete(pod.metadata?.uid ?? '')
    count(pod.metadata?.namespace ?? '')
  })
  let ended = false
  informer.on('error', async () => {
    await sleep(AGAIN)
    if (!ended) await informer.start()
  })
  await informer.start()
  // One that is never served would never go dark.
  await vi.waitUntil(() => [...cells.values()].every(({ ready }) => ready > 0), { timeout: PATIENCE })

  const forget = () => {
    for (const state of cells.values()) Object.assign(state, { dark: 0, fewest: state.ready })
  }
  forget()
  return {
    lose(nodes) {
      for (const node of nodes) dead.add(node)
      countAll()
    },
    find(nodes) {
      for (const node of nodes) dead.delete(node)
      countAll()
    },
    forget,
    remembered() {
      const now = performance.now()
      const times = [...cells].map(([cell, { since, dark }]) => ({
        institutions: members.get(cell) ?? 0,
        dark: Math.max(dark, since > 0 ? now - since : 0),
      }))
      const out = times.filter(({ dark }) => dark > 0)
      return {
        dark: out.reduce((sum, { institutions }) => sum + institutions, 0),
        longest: Math.max(0, ...out.map(({ dark }) => dark)) / 1000,
        fewest: Math.min(...[...cells.values()].map(({ fewest }) => fewest)),
      }
    },
    async stop() {
      ended = true
      await informer.stop()
    },
  }
}

function serves({ metadata, spec, status }: V1Pod, dead: ReadonlySet<string>): boolean {
  const ready = status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false
  return ready && metadata?.deletionTimestamp === undefined && !dead.has(spec?.nodeName ?? '')
}
