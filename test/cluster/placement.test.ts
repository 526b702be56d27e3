import type { V1Pod } from '@kubernetes/client-node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Load } from '../../tools/plan/capacity.ts'
import type { Declared } from '../../tools/plan/declared.ts'
import { namedPool, type PodSpec } from '../../tools/plan/model.ts'
import type { Plan } from '../../tools/plan/plan.ts'
import { describeWithReference } from '../conformance/shared.ts'
import { measured } from '../proof/measured.ts'
import type { KubernetesObject } from './api.ts'
import { declare, type LoadedCluster, startLoaded } from './loaded.ts'
import { broughtBy } from './made.ts'
import { objectsOf, podOf } from './objects.ts'
import { allocatable, type Held, heldPlaces, kept, poolOf, settled } from './state.ts'

const INSTITUTIONS = 664

/*
 * Where the real scheduler puts production's pods, all jobs at their peak, beside what the plan says. Pods of charts and
 * add-ons are as many and as large as their components tell, those of operators as their custom resources say.
 */
describeWithReference(`prod with ${INSTITUTIONS} institutions`, () => {
  let declared: Declared
  let plan: Plan
  let cluster: LoadedCluster
  let held: Held[]
  beforeAll(async () => {
    const stack = await declare('prod', INSTITUTIONS)
    declared = stack.declared
    plan = stack.plan
    cluster = await startLoaded(declared)
    const loaded = performance.now()
    await cluster.api.putAll(atPeak(declared))
    await settled(cluster.core, cluster.api)
    held = await heldPlaces(cluster.core)
    measured(`prod with ${INSTITUTIONS} institutions on simulated nodes`, {
      nodes: held.length,
      objects: objectsOf(declared).length,
      pods: held.reduce((sum, { pods }) => sum + pods.length, 0),
      'control plane started, seconds': cluster.seconds.start,
      'objects applied, seconds': cluster.seconds.load,
      'all pods running after that, seconds': (performance.now() - loaded) / 1000,
      'memory of the control plane, MiB': (await cluster.control.memory()) / 2 ** 20,
    })
  })
  afterAll(() => cluster?.[Symbol.asyncDispose]())

  const poolsOf = () => Map.groupBy(held, ({ node }) => poolOf(node))
  const daemons = (pods: V1Pod[]) => pods.filter(isDaemon)

  test('the plan says that everything fits, and no pod waits for a place', () => {
    // Both were waited for: what is compared below is all that there is.
    expect(plan.pools.flatMap(({ steady }) => steady.unplaced)).toEqual([])
    expect(held.flatMap(({ pods }) => pods).filter(({ status }) => status?.phase !== 'Running')).toEqual([])
  })

  test('every pod runs on a node of its pool, and those that name none on the web pool or on every node', () => {
    for (const { node, pods } of held)
      for (const pod of pods.filter((pod) => !isDaemon(pod)))
        expect(poolOf(node), pod.metadata?.name).toBe(namedPool(pod.spec as PodSpec) ?? 'web')
  })

  test('each pool holds as many pods as the plan says, with as much CPU and memory', () => {
    const found = Object.fromEntries(
      [...poolsOf()].map(([pool, nodes]) => [
        pool,
        { nodes: nodes.length, ...kept(nodes.flatMap(({ pods }) => pods)) },
      ]),
    )
    const planned = Object.fromEntries(
      plan.pools.map(({ name, steady }) => [name, { nodes: steady.nodes, ...steady.used }]),
    )
    expect(found).toEqual(planned)
  })

  test('each node holds what the plan puts on every node of its pool', () => {
    for (const { name, everywhere } of plan.pools)
      for (const { node, pods } of poolsOf().get(name) ?? [])
        expect(kept(daemons(pods)), node.metadata?.name).toEqual(everywhere)
  })

  test('each node of a dedicated pool holds the same as the others, one instance', () => {
    for (const { dedicated, name, nodes, steady } of plan.pools)
      if (dedicated)
        for (const { node, pods } of poolsOf().get(name) ?? [])
          expect(kept(pods), node.metadata?.name).toEqual(shareOf(steady.used, nodes))
  })

  test('no node holds more than it has to give', () => {
    for (const { node, pods } of held) {
      const [used, all] = [kept(pods), allocatable(node)]
      for (const part of ['cpu', 'memory', 'pods'] as const)
        expect(used[part], `${part} of ${node.metadata?.name}`).toBeLessThanOrEqual(all[part])
    }
  })
})

const isDaemon = ({ metadata }: V1Pod) => metadata?.ownerReferences?.some(({ kind }) => kind === 'DaemonSet') ?? false

const shareOf = ({ cpu, memory, pods }: Load, nodes: number): Load => ({
  cpu: cpu / nodes,
  memory: memory / nodes,
  pods: pods / nodes,
})

interface Parallel {
  parallelism?: number
}

/** A pod by itself for each that a job may have at one time: a job's own would end at once here. */
function atPeak(declared: Declared): KubernetesObject[] {
  return [...objectsOf(declared), ...broughtBy(declared)]
    .filter(({ apiVersion }) => apiVersion === 'batch/v1')
    .flatMap((job) => {
      const pod = podOf(job) as KubernetesObject
      const { jobTemplate, ...own } = job.spec as Parallel & { jobTemplate?: { spec: Parallel } }
      const { parallelism = 1 } = jobTemplate?.spec ?? own
      return Array.from({ length: parallelism }, (_, index) => ({
        ...pod,
        metadata: { ...pod.metadata, name: `${pod.metadata.name}-${index}` },
      }))
    })
}
