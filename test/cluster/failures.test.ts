import { execFile } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { AppsV1Api, PatchStrategy, PolicyV1Api, setHeaderOptions } from '@kubernetes/client-node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Declared } from '../../tools/plan/declared.ts'
import { namedPool, type PodSpec } from '../../tools/plan/model.ts'
import { describeWithReference } from '../conformance/shared.ts'
import { measured } from '../proof/measured.ts'
import { forEach, type KubernetesObject } from './api.ts'
import { areNoticed, areUnlisted, secondsUntil, shortOf, silence, wake } from './failures.ts'
import { followInstitutions, type Institutions } from './institutions.ts'
import { declare, type LoadedCluster, startLoaded } from './loaded.ts'
import { madeOf } from './made.ts'
import { FAULT_DOMAIN, nodeOf } from './nodes.ts'
import { objectsOf, podOf } from './objects.ts'
import { heldPlaces, poolOf, settled } from './state.ts'

const run = promisify(execFile)

const INSTITUTIONS = 664
/** All losses, and each after the last is made good: otherwise what takes longest is left out. */
const LONG = process.env.KURA_LONG === '1'

/** Milliseconds between two losses that follow each other closely. */
const SOON = 10_000

/** A data node that says nothing more, from before the first test until a new one takes its place. */
const SILENT = 'elasticsearch-1'

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
  /** Deployments of ours and Envoy's on the web pool: others have no further node of their pool to go to. */
  let deployments: Set<string>
  /** Seconds after which the control plane has noticed that the data node is silent. */
  let silentNoticed: Promise<number>
  beforeAll(async () => {
    declared = (await declare('prod', INSTITUTIONS)).declared
    cluster = await startLoaded(declared)
    await settled(cluster.core, cluster.api)
    const objects = objectsOf(declared)
    const placed = [...objects, ...objects.flatMap(madeOf)].filter(({ kind }) => kind === 'Deployment')
    deployments = new Set(
      placed.filter((deployment) => namedPool(podOf(deployment)?.spec as PodSpec) === 'web').map(nameOf),
    )
    institutions = await followInstitutions(cluster.control.config, cluster.core, declared)
    await silence(cluster.core, [SILENT])
    silentNoticed = secondsUntil(() => areNoticed(cluster.core, [SILENT]))
  })
  afterAll(async () => {
    await institutions?.stop()
    await cluster?.[Symbol.asyncDispose]()
  })

  const web = async () => (await heldPlaces(cluster.core)).filter(({ node }) => poolOf(node) === 'web')
  const domainOf = (name: string) => `FAULT-DOMAIN-${((Number(name.split('-').at(-1)) - 1) % 3) + 1}`

  /** Takes nodes away without a word. */
  const strike = async (nodes: string[]) => {
    await silence(cluster.core, nodes)
    institutions.lose(nodes)
  }
  /** Waits until all is well without nodes that have just been lost, and says what followed. */
  const recovery = async (nodes: string[]) => {
    const began = performance.now()
    const since = () => (performance.now() - began) / 1000
    await secondsUntil(() => areNoticed(cluster.core, nodes))
    const noticed = since()
    await secondsUntil(() => areUnlisted(cluster.api, nodes))
    const unlisted = since()
    await secondsUntil(async () => (await shortOf(cluster.api, deployments, nodes)).length === 0)
    const { dark, longest } = institutions.remembered()
    return {
      'nodes lost': nodes.length,
      'noticed, seconds': noticed,
      'named by no Service any more, seconds': unlisted,
      'full strength again, seconds': since(),
      'institutions without a ready pod': dark,
      'the longest without one, seconds': longest,
    }
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
    institutions.forget()
    await strike(lost)
    const figures = await recovery(lost)
    measured('cluster: one web node lost', { ...figures, 'its pods': node?.pods.length ?? 0 })
    expect(institutions.remembered().dark).toBe(0)
    if (LONG) expect(figures['full strength again, seconds']).toBeLessThan(120)
    await find(lost)
  })

  test('a silent data node: its instance waits until the machine is said to be out of service, then runs on a new node with its volume', async () => {
    const pool = cluster.pools.find(({ name }) => name === 'elasticsearch')
    const { core } = cluster
    const instance = (await heldPlaces(core))
      .find(({ node }) => node.metadata?.name === SILENT)
      ?.pods.find(({ metadata }) => metadata?.ownerReferences?.[0]?.kind === 'StatefulSet')
    const { name = '', namespace = '', uid } = instance?.metadata ?? {}
    const read = () => core.readNamespacedPod({ name, namespace })
    const claims = async () =>
      (await core.listPersistentVolumeClaimForAllNamespaces()).items.map(({ metadata, spec }) => [
        metadata?.uid,
        spec?.volumeName,
      ])
    const before = await claims()

    const noticed = await silentNoticed
    expect((await read()).metadata?.uid).toBe(uid)
    await core.patchNode(
      { name: SILENT, body: { spec: { taints: [...taintsOf(pool?.name), OUT_OF_SERVICE] } } },
      MERGED,
    )
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
    await core.deleteNode({ name: SILENT })
  })

  test('three nodes of one fault domain lost, then all of it: no institution is without a ready pod', async () => {
    const all = (await heldPlaces(cluster.core)).map(({ node }) => node)
    const domain = all.filter(({ metadata }) => metadata?.labels?.[FAULT_DOMAIN] === 'FAULT-DOMAIN-2')
    const names = domain.map(({ metadata }) => metadata?.name ?? '')
    const three = names.filter((name) => name.startsWith('web-')).slice(0, 3)
    const rest = names.filter((name) => !three.includes(name))
    institutions.forget()
    await strike(three)
    if (LONG) measured('cluster: three nodes of one fault domain lost', await recovery(three))
    else await sleep(SOON)
    await strike(rest)
    measured(
      `cluster: ${LONG ? 'then' : 'soon after three of its nodes'} all of a fault domain lost`,
      await recovery(names),
    )
    expect(institutions.remembered().dark).toBe(0)
    await find(names)
  })

  test.skipIf(!LONG)(
    'three web nodes in three fault domains lost: who had both pods there is dark until they run elsewhere',
    async () => {
      const lost = ['web-1', 'web-2', 'web-3']
      expect(new Set(lost.map(domainOf)).size).toBe(3)
      institutions.forget()
      await strike(lost)
      measured('cluster: three nodes in three fault domains lost', await recovery(lost))
      await find(lost)
    },
  )

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
