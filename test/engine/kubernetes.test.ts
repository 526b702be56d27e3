import { afterAll, beforeAll, expect, test } from 'vitest'
import type { KubernetesObject } from '../cluster/api.ts'
import { type ControlPlane, PLAYED, startControlPlane } from '../cluster/control-plane.ts'
import { temporaryFolder } from '../setup/folder.ts'
import { ApiServer } from './stand-ins/kubernetes/api-server.ts'
import { kubernetes } from './stand-ins/kubernetes/index.ts'
import { type Properties, type StandIn, UNKNOWN } from './stand-ins/stand-in.ts'

let place: Awaited<ReturnType<typeof temporaryFolder>>
let plane: ControlPlane
let api: ApiServer
let provider: StandIn
beforeAll(async () => {
  place = await temporaryFolder()
  plane = await startControlPlane(place.folder)
  api = new ApiServer(plane.config)
  provider = await configured({})
  await apply({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'node', labels: { [PLAYED.key]: PLAYED.value } },
    status: { allocatable: { cpu: '4', memory: '4Gi', pods: '50' } },
  })
  await apply({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: 'strict',
      labels: { 'pod-security.kubernetes.io/enforce': 'restricted', 'pod-security.kubernetes.io/warn': 'restricted' },
    },
  })
})
afterAll(async () => {
  await api?.close()
  await plane?.stop()
  await place?.remove()
})

async function configured(options: Properties): Promise<StandIn> {
  const standIn = kubernetes('4.34.2')
  await standIn.configure?.({ kubeconfig: plane.config.exportConfig(), ...options })
  return standIn
}

const apply = (object: KubernetesObject) => api.apply(object, { manager: 'somebody' })
const inDefault = <T extends Properties>(apiVersion: string, kind: string, name: string, rest: T) => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'default' },
  ...rest,
})
const asked = (name: string) => ({ urn: `urn:${name}`, type: 'kubernetes:core/v1:ConfigMap', name })
const create = (inputs: KubernetesObject, { preview = false, timeout = 0 } = {}) =>
  provider.create({ ...asked(inputs.metadata.name), inputs, preview, timeout })
const diff = (before: KubernetesObject, after: KubernetesObject, standIn = provider) =>
  standIn.diff({ ...asked(''), inputs: after, oldInputs: before })

const pod = (cpu = '100m') => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image: 'web', resources: { requests: { cpu } } }] },
})
const deployment = (name: string, cpu?: string) =>
  inDefault('apps/v1', 'Deployment', name, {
    spec: { replicas: 2, selector: { matchLabels: { app: 'web' } }, template: pod(cpu) },
  })
const job = (name: string) =>
  inDefault('batch/v1', 'Job', name, {
    spec: { template: { spec: { ...pod().spec, restartPolicy: 'Never' } } },
  })

test('a Deployment is made when its pods are ready', async () => {
  const { id, outputs } = await create(deployment('waited'))
  expect(id).toBe('default/waited')
  expect(outputs.status).toMatchObject({ readyReplicas: 2 })
})

test('what does not become ready in its time is an error that says how far it came', async () => {
  await expect(create(deployment('greedy', '100'), { timeout: 2 })).rejects.toThrow(
    /Deployment default\/greedy has not become available in 2 s: .*unavailableReplicas/,
  )
})

test('a Service is waited for until a pod stands behind it, unless it says not to be', async () => {
  const service = inDefault('v1', 'Service', 'alone', { spec: { selector: { app: 'nobody' }, ports: [{ port: 80 }] } })
  await expect(create(service, { timeout: 1 })).rejects.toThrow(
    'Service default/alone has not become in front of a pod, with an address in 1 s',
  )
  const { name, namespace } = service.metadata
  const unawaited = { ...service, metadata: { name, namespace, annotations: { 'pulumi.com/skipAwait': 'true' } } }
  await expect(create(unawaited, { timeout: 1 })).resolves.toMatchObject({ id: 'default/alone' })
})

test('a field that the API does not know is refused', async () => {
  const wrong = inDefault('v1', 'ConfigMap', 'wrong', { date: {} })
  await expect(create(wrong)).rejects.toThrow('.date: field not declared in schema')
  await expect(create(wrong, { preview: true })).rejects.toThrow('.date: field not declared in schema')
})

test('a warning is an error: of a Deployment whose pods Pod Security would refuse', async () => {
  const refused = deployment('refused')
  await expect(create({ ...refused, metadata: { ...refused.metadata, namespace: 'strict' } })).rejects.toThrow(
    /would violate PodSecurity/,
  )
})

test('a field that another has made what it is is not taken from it, unless the provider is told to', async () => {
  const settings = (value: string) => inDefault('v1', 'ConfigMap', 'theirs', { data: { value } })
  await apply(settings('theirs'))
  await expect(create(settings('ours'))).rejects.toThrow(/conflict/)
  await expect(create(settings('theirs'))).resolves.toMatchObject({ id: 'default/theirs' })
  const inputs = settings('ours')
  const forcing = await configured({ enablePatchForce: true })
  await forcing.create({ ...asked('theirs'), inputs, preview: false, timeout: 0 })
  expect(await api.find(inputs)).toMatchObject({ data: { value: 'ours' } })
})

test('a preview makes nothing, and leaves alone what it cannot know', async () => {
  const settings = inDefault('v1', 'ConfigMap', 'previewed', { data: { value: 'a' } })
  const { outputs } = await create(settings, { preview: true })
  expect(outputs).toMatchObject({ metadata: { uid: expect.any(String) } })
  expect(await api.find(settings)).toBeUndefined()
  for (const unknown of [
    { ...settings, data: { value: UNKNOWN } },
    { ...settings, metadata: { name: 'previewed', namespace: 'not-yet' } },
    { ...settings, apiVersion: 'not.yet/v1', kind: 'Thing' },
  ])
    expect((await create(unknown, { preview: true })).outputs).toEqual(unknown)
})

test('a preview of a replacement asks for what takes the place, under another name', async () => {
  const first = job('remade')
  await create(first)
  const second = { ...first, spec: { ...first.spec, completions: 2 } }
  expect(await diff(first, second)).toEqual({ changed: ['spec'], replaces: ['spec'], deleteBeforeReplace: true })
  const { outputs } = await create(second, { preview: true })
  expect(outputs).toMatchObject({ metadata: first.metadata, spec: { completions: 2 } })
})

test('ConfigMaps and Secrets change in place where the options say so, and what a provider replaces is replaced', async () => {
  const mutable = await configured({ enableConfigMapMutable: 'true', enableSecretMutable: 'true' })
  const settings = (more: Properties) => inDefault('v1', 'ConfigMap', 'settings', more)
  const [before, after] = [settings({ data: { a: '1' } }), settings({ data: { a: '2' } })]
  expect((await diff(before, after)).replaces).toEqual(['data'])
  expect((await diff(before, after, mutable)).replaces).toEqual([])
  expect((await diff(before, { ...after, immutable: true }, mutable)).replaces).toEqual(['data'])
  const elsewhere = { ...before, metadata: { name: 'settings', namespace: 'strict' } }
  expect(await diff(before, elsewhere, mutable)).toMatchObject({ replaces: ['metadata'], deleteBeforeReplace: false })
})

test('what is read again shows what somebody changed, and not how the API writes it', async () => {
  const read = async (inputs: KubernetesObject, outputs: Properties) =>
    (await provider.read({ ...asked(''), id: '', inputs, outputs }))?.inputs
  const web = deployment('read', '0.2')
  const { outputs } = await create(web)
  expect(await read(web, outputs)).toEqual(web)
  await api.apply(
    inDefault('autoscaling/v1', 'HorizontalPodAutoscaler', 'read', {
      spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'read' }, maxReplicas: 3 },
    }),
    { manager: 'somebody' },
  )
  expect(await read(web, outputs)).toEqual(web)

  const secret = inDefault('v1', 'Secret', 'read', { stringData: { word: 'sesame', other: 'x' } })
  const made = await create(secret)
  expect(await read(secret, made.outputs)).toEqual(secret)
  const end = async () => await provider.delete({ ...asked('read'), id: '', outputs: secret, timeout: 0 })
  await end()
  await apply(inDefault('v1', 'Secret', 'read', { data: { word: 'bmV3' } }))
  expect(await read(secret, made.outputs)).toEqual({ ...secret, stringData: { word: 'new' } })
  await end()
  expect(await read(secret, made.outputs)).toBeUndefined()
})

test('what is left out of a Secret goes', async () => {
  const secret = inDefault('v1', 'Secret', 'less', { stringData: { word: 'sesame', other: 'x' } })
  const { outputs: old } = await create(secret)
  const inputs = { ...secret, stringData: { word: 'sesame' } }
  const asking = { ...asked('less'), id: 'default/less', inputs, oldInputs: secret, old, preview: false, timeout: 0 }
  expect((await provider.update(asking)).data).toEqual({ word: 'c2VzYW1l' })
})

test('an object has ended when its last finalizer has let it go', async () => {
  const held = {
    ...inDefault('v1', 'ConfigMap', 'held', {}),
    metadata: { name: 'held', namespace: 'default', finalizers: ['kura.example/held'] },
  }
  const { outputs } = await create(held)
  const end = provider.delete({ ...asked('held'), id: 'default/held', outputs, timeout: 1 })
  await expect(end).rejects.toThrow('ConfigMap default/held has not become gone in 1 s')
  const released = provider.delete({ ...asked('held'), id: 'default/held', outputs, timeout: 0 })
  await api.apply(
    { ...held, metadata: { name: 'held', namespace: 'default' } },
    { manager: String(outputs.__fieldManager) },
  )
  await released
  expect(await api.find(held)).toBeUndefined()
})
