import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { AppsV1Api, PatchStrategy, PolicyV1Api, setHeaderOptions } from '@kubernetes/client-node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Declared } from '../../tools/plan/declared.ts'
import { describeWithReference } from '../conformance/shared.ts'
import { type Figures, measured } from '../proof/measured.ts'
import { forEach, type KubernetesObject } from './api.ts'
import { areNoticed, areUnlisted, secondsUntil, shortOf, silence, wake } from './failures.ts'
import { followInstitutions, type Institutions } from './institutions.ts'
import { declare, type LoadedCluster, startLoaded } from './loaded.ts'
import { madeOf } from './made.ts'
import { FAULT_DOMAIN, nodeOf } from './nodes.ts'
import { objectsOf } from './objects.ts'
import { heldPlaces, poolOf, settled } from './state.ts'

const run = promisify(execFile)

const INSTITUTIONS = 664
const LONG = process.env.KURA_LONG === '1'

/** Of a machine that is gone for good, as the runbook has it. */
const OUT_OF_SERVICE = { key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute' }

/*
 * What is lost with nodes of production, and when it is back. Pods that kwok plays are ready at once: what a process takes
 * to start comes on top (a cell's: test/faults).
 */
describeWithReference(`prod with ${INSTITUTIONS} institutions`, () => {
  let declared: Declared
  let cluster: LoadedCluster
  let institutions: Institutions
  /** Deployments of ours, and Envoy's. */
  let deployments: Set<string>
  beforeAll(async () => {
    declared = (await declare('prod', INSTITUTIONS)).declared
    cluster = await startLoaded(declared)
    await settled(cluster.core, cluster.api)
    const objects = objectsOf(declared)
    deployments = new Set(
      [...objects, ...objects.flatMap(madeOf)].filter(({ kind }) => kind === 'Deployment').map(nameOf),
    )
    institutions = await followInstitutions(cluster.control.config, cluster.core, declared)
  })
  afterAll(async () => {
    await institutions?.stop()
    await cluster?.[Symbol.asyncDispose]()
  })

  const web = async () => (await heldPlaces(cluster.core)).filter(({ node }) => poolOf(node) === 'web')
  const domainOf = (name: string) => `FAULT-DOMAIN-${((Number(name.split('-').at(-1)) - 1) % 3) + 1}`

  /** Takes nodes away without a word, and says what follows. */
  const lose = async (nodes: string[]): Promise<{ figures: Figures; dark: number; back: number }> => {
    const began = performance.now()
    const since = () => (performance.now() - began) / 1000
    institutions.forget()
    await silence(cluster.core, nodes)
    institutions.lose(nodes)
    await secondsUntil(() => areNoticed(cluster.core, nodes))
    const noticed = since()
    await secondsUntil(() => areUnlisted(cluster.api, nodes))
    const unlisted = since()
    await secondsUntil(async () => (await shortOf(cluster.api, deployments, nodes)).length === 0)
    const back = since()
    const { dark, longest } = institutions.remembered()
    const figures = {
      'nodes lost': nodes.length,
      'noticed, seconds': noticed,
      'named by no Service any more, seconds': unlisted,
      'full strength again, seconds': back,
      'institutions without a ready pod': dark,
      'the longest without one, seconds': longest,
    }
    return { figures, dark, back }
  }
  const find = async (nodes: string[]) => {
    await wake(cluster.core, nodes)
    institutions.find(nodes)
    await settled(cluster.core, cluster.api)
  }

  test('one web node lost: no institution is without a ready pod, and all of its pods run elsewhere within two minutes', async () => {
    // The one with Redis, which has no second pod.
    const node = (await web()).find(({ pods }) => pods.some(({ metadata }) => metadata?.name?.includes('redis')))
    const lost = [node?.node.metadata?.name ?? '']
    const { figures, dark, back } = await lose(lost)
    measured('cluster: one web node lost', { ...figures, 'its pods': node?.pods.length ?? 0 })
    expect(dark).toBe(0)
    if (LONG) expect(back).toBeLessThan(120)
    await find(lost)
  })

  test('three nodes of one fault domain lost, then all of it: no institution is without a ready pod', async () => {
    const all = (await heldPlaces(cluster.core)).map(({ node }) => node)
    const domain = all.filter(({ metadata }) => metadata?.labels?.[FAULT_DOMAIN] === 'FAULT-DOMAIN-2')
    const names = domain.map(({ metadata }) => metadata?.name ?? '')
    const three = names.filter((name) => name.startsWith('web-')).slice(0, 3)
    const first = await lose(three)
    measured('cluster: three nodes of one fault domain lost', first.figures)
    const rest = names.filter((name) => !three.includes(name))
    const second = await lose(rest)
    measured('cluster: then all of that fault domain', second.figures)
    expect([first.dark, second.dark]).toEqual([0, 0])
    await find(names)
  })

  test('three web nodes in three fault domains lost: who had both pods there is dark until they run elsewhere', async () => {
    const lost = ['web-1', 'web-2', 'web-3']
    expect(new Set(lost.map(domainOf)).size).toBe(3)
    const { figures } = await lose(lost)
    measured('cluster: three nodes in three fault domains lost', figures)
    await find(lost)
  })

  test('a silent data node: its instance waits until the machine is said to be out of service, then runs on a new node with its volume', async () => {
    const lost = 'elasticsearch-1'
    const pool = cluster.pools.find(({ name }) => name === 'elasticsearch')
    const { core } = cluster
    const instance = (await heldPlaces(core))
      .find(({ node }) => node.metadata?.name === lost)
      ?.pods.find(({ metadata }) => metadata?.ownerReferences?.[0]?.kind === 'StatefulSet')
    const { name = '', namespace = '', uid } = instance?.metadata ?? {}
    const read = () => core.readNamespacedPod({ name, namespace })
    const claims = async () =>
      (await core.listPersistentVolumeClaimForAllNamespaces()).items.map(({ metadata, spec }) => [
        metadata?.uid,
        spec?.volumeName,
      ])
    const before = await claims()

    await silence(core, [lost])
    const noticed = await secondsUntil(() => areNoticed(core, [lost]))
    expect((await read()).metadata?.uid).toBe(uid)
    await core.patchNode({ name: lost, body: { spec: { taints: [...taintsOf(pool?.name), OUT_OF_SERVICE] } } }, MERGED)
    const released = await secondsUntil(async () => (await read()).metadata?.uid !== uid)
    await core.createNode({ body: nodeOf(pool as NonNullable<typeof pool>, pool?.nodes ?? 0) })
    const running = await secondsUntil(async () => (await read()).status?.phase === 'Running')
    expect((await read()).spec?.nodeName).toBe(`elasticsearch-${(pool?.nodes ?? 0) + 1}`)
    expect(await claims()).toEqual(before)
    measured('cluster: a silent data node', {
      'noticed, seconds': noticed,
      'its instance let go after the taint, seconds': released,
      'running once there is a new node, seconds': running,
    })
    await core.deleteNode({ name: lost })
  })

  test('two web nodes drained at a time: no cell and no other workload falls below its budget', async () => {
    const [one, other] = (await web()).toSorted((a, b) => b.pods.length - a.pods.length)
    const names = [one, other].map((held) => held?.node.metadata?.name ?? '')
    const pods = [one, other].reduce((sum, held) => sum + (held?.pods.length ?? 0), 0)
    institutions.forget()
    const broken = watchBudgets()
    const kubectl = `${cluster.control.programs}/kubectl`
    const began = performance.now()
    const drain = (name: string) =>
      run(kubectl, [`--kubeconfig=${cluster.control.kubeconfig}`, 'drain', name, ...DRAINED])
    await Promise.all(names.map(drain))
    const seconds = (performance.now() - began) / 1000
    measured('cluster: two web nodes drained at a time', {
      'pods there': pods,
      seconds,
      'ready pods of a cell at least': institutions.remembered().fewest,
    })
    expect(await broken.stop()).toEqual([])
    expect(institutions.remembered().fewest).toBeGreaterThanOrEqual(1)
    await Promise.all(
      names.map((name) => run(kubectl, [`--kubeconfig=${cluster.control.kubeconfig}`, 'uncordon', name])),
    )
    await settled(cluster.core, cluster.api)
  })

  test('all cells updated at one time: each keeps as many ready pods as it has replicas', async () => {
    const apps = new AppsV1Api(cluster.api.settings)
    const cells = objectsOf(declared).filter(
      ({ kind, metadata }) => kind === 'Deployment' && metadata.namespace?.startsWith('kura-cell-'),
    )
    institutions.forget()
    const broken = watchBudgets()
    const began = performance.now()
    await forEach(cells, async ({ metadata }) => {
      const body = { spec: { template: { metadata: { annotations: { 'kura/configuration': 'another' } } } } }
      await apps.patchNamespacedDeployment(
        { name: metadata.name, namespace: metadata.namespace ?? '', body },
        STRATEGIC,
      )
    })
    await secondsUntil(async () => {
      const { items } = await apps.listDeploymentForAllNamespaces()
      return items
        .filter(({ metadata }) => metadata?.namespace?.startsWith('kura-cell-'))
        .every(
          ({ metadata, spec, status }) =>
            status?.observedGeneration === metadata?.generation &&
            status?.updatedReplicas === spec?.replicas &&
            status?.replicas === spec?.replicas,
        )
    })
    const { fewest } = institutions.remembered()
    measured('cluster: all cells updated at one time', {
      Deployments: cells.length,
      seconds: (performance.now() - began) / 1000,
      'ready pods of a cell at least': fewest,
    })
    expect(await broken.stop()).toEqual([])
    expect(fewest).toBe(2)
  })

  /** Looks at all budgets again and again: those that were broken at some time, as `<namespace>/<name>`. */
  function watchBudgets() {
    const policies = new PolicyV1Api(cluster.api.settings)
    const broken = new Set<string>()
    let ended = false
    const watching = (async () => {
      while (!ended)
        for (const { metadata, status } of (await policies.listPodDisruptionBudgetForAllNamespaces()).items)
          if ((status?.currentHealthy ?? 0) < (status?.desiredHealthy ?? 0))
            broken.add(`${metadata?.namespace}/${metadata?.name}`)
    })()
    return {
      async stop() {
        ended = true
        await watching
        return [...broken]
      },
    }
  }
})

const MERGED = setHeaderOptions('Content-Type', PatchStrategy.MergePatch)
const STRATEGIC = setHeaderOptions('Content-Type', PatchStrategy.StrategicMergePatch)
const DRAINED = ['--ignore-daemonsets', '--delete-emptydir-data', '--timeout=300s']

const nameOf = ({ metadata }: KubernetesObject) => `${metadata.namespace}/${metadata.name}`
const taintsOf = (pool = '') => [{ key: 'kura/pool', value: pool, effect: 'NoSchedule' }]
