import { AppsV1Api, type V1PodSpec } from '@kubernetes/client-node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeWithReference } from '../conformance/shared.ts'
import { measured } from '../proof/measured.ts'
import { type KubernetesObject, Refused } from './api.ts'
import { declare, type LoadedCluster, startLoaded } from './loaded.ts'
import { objectsOf, podOf } from './objects.ts'

/* Whether a cell that runs away is held, by whatever makes objects in it: a controller, or somebody's mistake. */

const CELL = 'kura-cell-higashi'
const NEIGHBOUR = 'kura-cell-nishi'

/** Milliseconds for what controllers do, on a busy machine. */
const PATIENT = { timeout: 180_000 }

describeWithReference('prod', () => {
  let cluster: LoadedCluster
  let apps: AppsV1Api
  let pod: KubernetesObject & { spec: V1PodSpec }
  beforeAll(async () => {
    const { declared } = await declare('prod')
    cluster = await startLoaded(declared)
    apps = new AppsV1Api(cluster.api.settings)
    const worker = objectsOf(declared).find(
      ({ kind, metadata }) => kind === 'Deployment' && metadata.namespace === CELL && metadata.name === 'worker',
    )
    pod = podOf(worker as KubernetesObject) as typeof pod
  })
  afterAll(() => cluster?.[Symbol.asyncDispose]())

  /** Names of a cell's pods that run. */
  async function running(namespace: string): Promise<string[]> {
    const { items } = await cluster.core.listNamespacedPod({ namespace, fieldSelector: 'status.phase=Running' })
    return items.filter(({ metadata }) => !metadata?.deletionTimestamp).map(({ metadata }) => metadata?.name ?? '')
  }

  /** How many pods a cell is declared to have. */
  async function wanted(namespace: string): Promise<number> {
    const { items } = await apps.listNamespacedDeployment({ namespace })
    return items.reduce((sum, { spec }) => sum + (spec?.replicas ?? 0), 0)
  }

  /** What the quota of a cell allows, and what is used of it. */
  async function quota(namespace: string) {
    const { status } = await cluster.core.readNamespacedResourceQuota({ namespace, name: 'cell' })
    return { hard: status?.hard ?? {}, used: status?.used ?? {} }
  }

  /** Why the API server refuses an object; nothing, if it takes it. */
  async function refusal(object: KubernetesObject, dry = true): Promise<string | undefined> {
    try {
      await cluster.api.put(object, { dry })
      return undefined
    } catch (error) {
      if (error instanceof Refused && error.code === 403) return error.message
      throw error
    }
  }

  test('a Deployment of a cell that is scaled to a thousand pods gets no more than the quota, and a neighbour whose pods all go gets all of them back', async () => {
    await expect.poll(async () => (await running(CELL)).length, PATIENT).toBe(await wanted(CELL))
    await expect.poll(async () => (await running(NEIGHBOUR)).length, PATIENT).toBe(await wanted(NEIGHBOUR))
    const deployment = { name: 'web', namespace: CELL }
    const scale = (replicas: number) =>
      apps.replaceNamespacedDeploymentScale({ ...deployment, body: { metadata: deployment, spec: { replicas } } })
    const before = (await apps.readNamespacedDeployment(deployment)).spec?.replicas as number
    await scale(1_000)
    const held = async () =>
      (await apps.readNamespacedDeployment(deployment)).status?.conditions?.find(
        ({ type }) => type === 'ReplicaFailure',
      )?.message
    await expect.poll(held, PATIENT).toMatch(/exceeded quota: cell/)

    const gone = new Set(await running(NEIGHBOUR))
    await cluster.core.deleteCollectionNamespacedPod({ namespace: NEIGHBOUR })
    const back = async () => (await running(NEIGHBOUR)).filter((name) => !gone.has(name)).length
    await expect.poll(back, PATIENT).toBe(gone.size)

    const { items } = await cluster.core.listNamespacedPod({ namespace: CELL })
    const { hard, used } = await quota(CELL)
    expect(items.length).toBeLessThanOrEqual(Number(hard.pods))
    measured('a Deployment of a cell is scaled to 1,000 pods', {
      'pods that it gets, those of the cell’s other Deployment among them': items.length,
      'pods of the quota': Number(hard.pods),
      'processors used of those of the quota': `${used['requests.cpu']} of ${hard['requests.cpu']}`,
    })
    await scale(before)
    await expect.poll(async () => (await running(CELL)).length, PATIENT).toBe(await wanted(CELL))
  })

  /** What nobody may make in a cell, and by which words it is refused. */
  const REFUSED: [what: string, object: () => KubernetesObject, why: RegExp][] = [
    [
      'a pod without limits',
      () => withResources({ requests: { cpu: '10m', memory: '16Mi' } }),
      /must specify limits\.cpu.*limits\.memory/,
    ],
    ['a pod that says nothing of what it needs', () => withResources({}), /must specify limits\.cpu/],
    [
      'a pod as large as a node',
      () => withResources({ requests: { cpu: '15', memory: '100Gi' }, limits: { cpu: '15', memory: '100Gi' } }),
      /exceeded quota: cell/,
    ],
    [
      'a door to the outside',
      () => service('LoadBalancer'),
      /exceeded quota: cell, requested: .*services\.loadbalancers=1/,
    ],
    ['a port of every node', () => service('NodePort'), /exceeded quota: cell, requested: services\.nodeports=1/],
    ['a volume', () => claim(), /exceeded quota: cell, requested: persistentvolumeclaims=1/],
  ]

  function withResources(resources: object): KubernetesObject {
    const bound = <T extends object>(containers: T[] = []) =>
      containers.map((container) => ({ ...container, resources }))
    const { containers, initContainers } = pod.spec
    return { ...pod, spec: { ...pod.spec, containers: bound(containers), initContainers: bound(initContainers) } }
  }

  const service = (type: string): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'door', namespace: CELL },
    spec: { type, selector: { app: 'door' }, ports: [{ port: 80 }] },
  })

  const claim = (): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'more', namespace: CELL },
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'kura-block',
      resources: { requests: { storage: '50Gi' } },
    },
  })

  test.each(REFUSED)('in a cell %s is refused, and taken where no quota is', async (_, make, why) => {
    expect(await refusal(make())).toMatch(why)
    const { metadata, ...rest } = make()
    expect(await refusal({ ...rest, metadata: { ...metadata, namespace: 'default' } } as KubernetesObject)).toBe(
      undefined,
    )
  })

  /** Objects that cost little, each by its name. */
  const CHEAP: [kind: string, make: (name: string) => KubernetesObject][] = [
    [
      'Secrets',
      (name) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: CELL }, stringData: { a: 'b' } }),
    ],
    [
      'ConfigMaps',
      (name) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: CELL }, data: { a: 'b' } }),
    ],
    ['Services', (name) => ({ ...service('ClusterIP'), metadata: { name, namespace: CELL } })],
    [
      'Jobs',
      (name) => ({
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name, namespace: CELL },
        spec: { suspend: true, template: { spec: { ...pod.spec, restartPolicy: 'Never' } } },
      }),
    ],
  ]

  test.each(CHEAP)(
    'of %s that are made in a cell one after the other, the first dozen are not all taken',
    async (_, make) => {
      const made: KubernetesObject[] = []
      let refused: string | undefined
      while (refused === undefined && made.length < 12) {
        const object = make(`another-${made.length}`)
        refused = await refusal(object, false)
        if (refused === undefined) made.push(object)
      }
      expect(refused).toMatch(/exceeded quota: cell/)
      // There is room for a second of what the cell has while it is changed.
      expect(made.length).toBeGreaterThan(2)
      for (const object of made) await cluster.api.delete(object)
    },
  )
})
