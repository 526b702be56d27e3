import { execFile } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { AppsV1Api, PatchStrategy, PolicyV1Api, setHeaderOptions } from '@kubernetes/client-node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Declared } from '../../tools/plan/declared.ts'
import { namedPool, type PodSpec, type Pool } from '../../tools/plan/model.ts'
import { describeWithReference } from '../conformance/shared.ts'
import { measured } from '../proof/measured.ts'
import { forEach, type KubernetesObject } from './api.ts'
import { areUnlisted, secondsUntil, shortOf, silence, silentOf, wake } from './failures.ts'
import { followInstitutions, type Institutions } from './institutions.ts'
import { declare, type LoadedCluster, startLoaded } from './loaded.ts'
import { broughtBy, madeOf } from './made.ts'
import { FAULT_DOMAIN, nodeOf } from './nodes.ts'
import { objectsOf, podOf } from './objects.ts'
import { heldPlaces, poolOf, settled } from './state.ts'

const run = promisify(execFile)

const INSTITUTIONS = 664
/** All losses, and each until all is well without the nodes: otherwise what takes longest is left out. */
const LONG = process.env.KURA_LONG === '1'

/** Milliseconds between two losses that follow each other closely. */
const SOON = 10_000

/** A data node that says nothing more, from before the first test until a new one takes its place. */
const SILENT = 'elasticsearch-1'

/** Of a machine that is gone for good, as the runbook has it (docs/changing.md, "A node"). */
const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service=nodeshutdown:NoExecute'

/*
 * What is lost with nodes of production, and when it is back. Pods that kwok plays are ready at once: what a process takes
 * to start comes on top (a cell's: test/faults).
 */
describeWithReference(`prod with ${INSTITUTIONS} institutions`, () => {
  let declared: Declared
  let cluster: LoadedCluster
  let institutions: Institutions
  /** Deployments on the web pool, whoever brings them: others have no further node of their pool to go to. */
  let deployments: Set<string>
  /** Seconds after which the control plane has noticed that the data node is silent. */
  let silentNoticed: Promise<number>
  beforeAll(async () => {
    declared = (await declare('prod', INSTITUTIONS)).declared
    cluster = await startLoaded(declared)
    await calm()
    const objects = objectsOf(declared)
    const placed = [...objects, ...objects.flatMap(madeOf), ...broughtBy(declared)].filter(
      ({ kind }) => kind === 'Deployment',
    )
    deployments = new Set(
      placed.filter((deployment) => namedPool(podOf(deployment)?.spec as PodSpec) === 'web').map(nameOf),
    )
    institutions = await followInstitutions(cluster.control.config, cluster.core, declared)
    await silence(cluster.core, [SILENT])
    silentNoticed = secondsUntil(async () => (await silentOf(cluster.core, [SILENT])).length === 1)
  })
  afterAll(async () => {
    await institutions?.stop()
    await cluster?.[Symbol.asyncDispose]()
  })

  const web = async () => (await heldPlaces(cluster.core)).filter(({ node }) => poolOf(node) === 'web')

  const kubectl = (...args: string[]) =>
    run(`${cluster.control.programs}/kubectl`, [`--kubeconfig=${cluster.control.kubeconfig}`, ...args])
  /** Takes nodes away without a word. */
  const strike = async (nodes: string[]) => {
    await silence(cluster.core, nodes)
    institutions.lose(nodes)
  }
  /** Waits until all is well without nodes that have just been lost, and says what followed. */
  const recovery = async (nodes: string[]) => {
    const began = performance.now()
    const since = () => (performance.now() - began) / 1000
    await secondsUntil(async () => (await silentOf(cluster.core, nodes)).length === nodes.length)
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
    await secondsUntil(async () => (await silentOf(cluster.core, nodes)).length === 0)
    institutions.find(nodes)
  }
  const calm = () => settled(cluster.core, cluster.api)

  test(`one web node lost: no institution is without a ready pod, and the web pool's Deployments are whole again within two minutes`, async () => {
    // The one with Redis, which has no second pod.
    const node = (await web()).find(({ pods }) => pods.some(({ metadata }) => metadata?.name?.includes('redis')))
    const lost = [node?.node.metadata?.name ?? '']
    institutions.forget()
    await strike(lost)
    const figures = await recovery(lost)
    measured('one web node lost', { ...figures, 'its pods': node?.pods.length ?? 0 })
    expect(institutions.remembered().dark).toBe(0)
    expect(figures['full strength again, seconds']).toBeLessThan(120)
    await find(lost)
  })

  test('a silent data node: its instance waits until the machine is said to be out of service, then runs on a new node with the same claim', async () => {
    const { core, pools } = cluster
    const pool = pools.find(({ name }) => name === 'elasticsearch') as Pool
    const instance = (await heldPlaces(core))
      .find(({ node }) => node.metadata?.name === SILENT)
      ?.pods.find(({ metadata }) => metadata?.ownerReferences?.[0]?.kind === 'StatefulSet')
    const { name = '', namespace = '', uid } = instance?.metadata ?? {}
    const selected = { namespace, fieldSelector: `metadata.name=${name}` }
    const read = async () => (await core.listNamespacedPod(selected)).items[0]
    const another = async () => {
      const pod = await read()
      return pod !== undefined && pod.metadata?.uid !== uid
    }
    const claims = async () =>
      (await core.listPersistentVolumeClaimForAllNamespaces()).items.map(({ metadata, spec }) => [
        metadata?.uid,
        spec?.volumeName,
      ])
    const before = await claims()

    const noticed = await silentNoticed
    expect(await another()).toBe(false)
    await kubectl('taint', 'nodes', SILENT, OUT_OF_SERVICE)
    const released = await secondsUntil(another)
    await core.createNode({ body: nodeOf(pool, pool.nodes) })
    const running = await secondsUntil(async () => (await read())?.status?.phase === 'Running')
    expect((await read())?.spec?.nodeName).toBe(`elasticsearch-${pool.nodes + 1}`)
    expect(await claims()).toEqual(before)
    measured('a silent data node', {
      'noticed, seconds': noticed,
      'its instance let go after the taint, seconds': released,
      'running once there is a new node, seconds': running,
    })
    await core.deleteNode({ name: SILENT })
  })

  test('three nodes of one fault domain lost, then all of it: no institution is without a ready pod', async () => {
    await calm()
    const all = (await heldPlaces(cluster.core)).map(({ node }) => node)
    const domain = all.filter(({ metadata }) => metadata?.labels?.[FAULT_DOMAIN] === 'FAULT-DOMAIN-2')
    const names = domain.map(({ metadata }) => metadata?.name ?? '')
    const three = names.filter((name) => name.startsWith('web-')).slice(0, 3)
    const rest = names.filter((name) => !three.includes(name))
    institutions.forget()
    await strike(three)
    if (LONG) measured('three nodes of one fault domain lost', await recovery(three))
    else await sleep(SOON)
    await strike(rest)
    if (LONG) measured('then all of that fault domain lost', await recovery(names))
    else await secondsUntil(async () => (await silentOf(cluster.core, names)).length === names.length)
    expect(institutions.remembered().dark).toBe(0)
    await find(names)
  })

  test.skipIf(!LONG)(
    'three web nodes in three fault domains lost (the long form alone): who had both pods there is dark until they run elsewhere',
    async () => {
      await calm()
      const byDomain = Map.groupBy(await web(), ({ node }) => node.metadata?.labels?.[FAULT_DOMAIN])
      expect(byDomain.size).toBe(3)
      const lost = [...byDomain.values()].map(([first]) => first?.node.metadata?.name ?? '')
      institutions.forget()
      await strike(lost)
      measured('three nodes in three fault domains lost', await recovery(lost))
      await find(lost)
    },
  )

  test('two web nodes drained at a time: no cell and no other workload falls below its budget', async () => {
    await calm()
    const [one, other] = (await web()).toSorted((a, b) => b.pods.length - a.pods.length)
    const names = [one, other].map((held) => held?.node.metadata?.name ?? '')
    const pods = [one, other].reduce((sum, held) => sum + (held?.pods.length ?? 0), 0)
    institutions.forget()
    const broken = watchBudgets()
    const began = performance.now()
    await Promise.all(names.map((name) => kubectl('drain', name, ...DRAINED)))
    const seconds = (performance.now() - began) / 1000
    measured('two web nodes drained at a time', {
      'pods there': pods,
      seconds,
      'ready pods of a cell at least': institutions.remembered().fewest,
    })
    expect(await broken.stop()).toEqual([])
    expect(institutions.remembered().fewest).toBeGreaterThanOrEqual(1)
    await kubectl('uncordon', ...names)
  })

  test('all cells updated at one time: each keeps as many ready pods as it has replicas', async () => {
    await calm()
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
    measured('all cells updated at one time', {
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

const STRATEGIC = setHeaderOptions('Content-Type', PatchStrategy.StrategicMergePatch)
const DRAINED = ['--ignore-daemonsets', '--delete-emptydir-data', '--timeout=300s']

const nameOf = ({ metadata }: KubernetesObject) => `${metadata.namespace}/${metadata.name}`
