import { describe, expect, test } from 'vitest'
import { made, part } from '../../test/support/declaration.ts'
import type { CapturedResource } from '../evaluate/index.ts'
import { AcceptedChanges } from './accepted.ts'
import { compareStacks } from './change.ts'
import { findHarm } from './harm.ts'
import { findMoves } from './move.ts'

const NONE = new AcceptedChanges([])
const changesOf = (before: CapturedResource[], after: CapturedResource[]) =>
  compareStacks({ stack: 'made', resources: before }, { stack: 'made', resources: after })
const harm = (before: CapturedResource[], after: CapturedResource[], accepted = NONE) =>
  findHarm(changesOf(before, after), accepted).map(({ change, name, because }) => [change, name, ...because].join(': '))

const moves = (before: CapturedResource[], after: CapturedResource[]) =>
  findMoves({ resources: before }, { resources: after }, NONE).map(({ from, to, resources }) => [from, to, resources])

const bucket = (name: string, given: Partial<CapturedResource> = {}, inputs = {}) => ({
  ...made('oci:ObjectStorage/bucket:Bucket', name, { name, ...inputs }),
  ...given,
})

test('what holds data is not replaced, whether it is protected or not', () => {
  expect(harm([bucket('a')], [bucket('a', {}, { name: 'b' })])).toEqual(['replace: a: name has changed'])
  expect(harm([bucket('a', { protect: true })], [bucket('a', { protect: true }, { name: 'b' })])).toEqual([
    'replace: a: name has changed: it is protected, so Pulumi stops there',
  ])
})

test('what holds data is not removed, unless it is kept where it is', () => {
  expect(harm([bucket('a')], [])).toEqual(['remove: a'])
  expect(harm([bucket('a', { retainOnDelete: true })], [])).toEqual([])
  expect(harm([bucket('a', { retainOnDelete: true, protect: true })], [])).toHaveLength(1)
  const claim = (spec: object) => made('kubernetes:core/v1:PersistentVolumeClaim', 'claim', { spec })
  expect(harm([claim({ storageClassName: 'block' })], [])).toEqual(['remove: claim'])
  const definitions = { ...made('kubernetes:yaml/v2:ConfigFile', 'kinds', { file: 'crds.yaml' }), custom: false }
  expect(harm([definitions], [])).toEqual(['remove: kinds'])
  expect(harm([made('kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition', 'kind', {})], [])).toHaveLength(1)
})

test('the way to data is not removed, but for what is renewed from day to day', () => {
  expect(harm([made('oci:Core/subnet:Subnet', 'nodes', {})], [])).toEqual(['remove: nodes'])
  expect(harm([made('kubernetes:storage.k8s.io/v1:StorageClass', 'block', {})], [])).toEqual(['remove: block'])
  expect(harm([made('kubernetes:core/v1:PersistentVolumeClaim', 'a', { spec: { volumeName: 'b' } })], [])).toHaveLength(
    1,
  )
  const key = made('tls:index/privateKey:PrivateKey', 'key', {})
  expect(harm([key], [])).toEqual([])
  expect(harm([{ ...key, protect: true }], [])).toHaveLength(1)
})

test('an export may go with its file system, which is judged by itself', () => {
  const files = { ...made('oci:FileStorage/fileSystem:FileSystem', 'files', {}), retainOnDelete: true }
  const way = {
    ...made('oci:FileStorage/export:Export', 'export', { fileSystemId: files.id }),
    propertyDependencies: { fileSystemId: [files.urn] },
  }
  expect(harm([files, way], [])).toEqual([])
  expect(harm([files, way], [files])).toEqual(['remove: export'])
})

describe('an object of the cluster that is added by another name of the program is deleted', () => {
  const object = (type: string, name: string, metadata: object) => made(`kubernetes:${type}`, name, { metadata })
  const one = 'added and removed are one object in the cluster, which is deleted: give it an alias'

  test('and a namespace with all that it holds', () => {
    const namespace = (name: string) => object('core/v1:Namespace', name, { name: 'kura-data' })
    expect(harm([namespace('old')], [namespace('now')])).toEqual([`remove: old: ${one}`])
    expect(harm([namespace('old')], [{ ...namespace('now'), aliases: [namespace('old').urn] }])).toEqual([])
  })

  test('whatever the version of its kind, but not in another namespace or under a name that the provider makes', () => {
    const twins = (before: CapturedResource, after: CapturedResource) =>
      changesOf([before], [after]).flatMap(({ twin }) => twin ?? [])
    const at = (name: string, namespace?: string) => ({
      name: 'web',
      ...(namespace ? { namespace } : {}),
      labels: { name },
    })
    const autoscaler = 'autoscaling/v1:HorizontalPodAutoscaler'
    const now = object('autoscaling/v2:HorizontalPodAutoscaler', 'now', at('x', 'apps'))
    expect(twins(object(autoscaler, 'old', at('y', 'apps')), now)).toEqual([now.urn])
    expect(twins(object(autoscaler, 'old', at('y', 'data')), now)).toEqual([])
    expect(twins(object('apps/v1:Deployment', 'old', at('y', 'apps')), now)).toEqual([])
    const here = object('core/v1:Service', 'now', at('x', 'default'))
    expect(twins(object('core/v1:Service', 'old', at('y')), here)).toEqual([here.urn])
    expect(twins(object('core/v1:Service', 'old', {}), object('core/v1:Service', 'now', {}))).toEqual([])
  })

  test('which is no harm where nothing is lost for good, or it is kept', () => {
    const config = (name: string) => object('core/v1:ConfigMap', name, { name: 'a' })
    expect(harm([config('old')], [config('now')])).toEqual([])
    const kept = { ...config('old'), retainOnDelete: true }
    expect(harm([kept], [config('now')])).toEqual([])
    expect(harm([{ ...kept, protect: true }], [config('now')])).toEqual([
      'remove: old: added and removed are one object in the cluster: give it an alias: it is protected, so Pulumi stops there',
    ])
  })
})

describe('a cell', () => {
  const URN = 'urn:pulumi:made::kura::'
  const password = made('random:index/randomPassword:RandomPassword', 'kura-passwords-aozora', {})
  const cell = (name: string, label = name) => {
    const top = { ...part(name), type: 'kura:cluster:Cell', urn: `${URN}kura:cluster:Cell::${name}` }
    const below = (type: string, inputs: object, uses: string[] = []) => ({
      ...made(`kubernetes:core/v1:${type}`, `${name}-${type}`, { ...inputs }),
      urn: `${URN}kura:cluster:Cell$kubernetes:core/v1:${type}::${name}-${type}`,
      parent: top.urn,
      propertyDependencies: { stringData: uses },
    })
    return [
      top,
      below('Namespace', { metadata: { name, labels: { 'kura/cell': label } } }),
      below('PersistentVolume', { metadata: { name } }),
      below('PersistentVolumeClaim', { metadata: { name: 'files', namespace: name }, spec: { volumeName: name } }),
      below('Secret', { metadata: { name: 'secrets', namespace: name } }, [password.urn]),
    ]
  }

  test('may go as a whole, with its institution or when that has another', () => {
    expect(harm([password, ...cell('a')], [])).toEqual([])
    expect(harm([password, ...cell('a'), ...cell('b')], [password, ...cell('b')])).toEqual([])
    expect(harm([password, ...cell('a')], [password, ...cell('b')])).toEqual([])
    expect(moves([password, ...cell('a')], [password, ...cell('b')])).toEqual([])
  })

  test('does not lose its namespace, or an institution its cell', () => {
    const gone = (type: string) => (resource: CapturedResource) => resource.type !== `kubernetes:core/v1:${type}`
    expect(harm(cell('a'), cell('a').filter(gone('Namespace')))).toEqual(['remove: a-Namespace'])
    expect(harm([password, ...cell('a')], [password])).toHaveLength(3)
  })

  test('that is called otherwise is made anew', () => {
    expect(harm([password, ...cell('a')], [password, ...cell('b', 'a')])).toHaveLength(3)
    expect(moves([password, ...cell('a')], [password, ...cell('b', 'a')])).toEqual([['a', 'b', 4]])
  })
})

test('what is protected or kept stays so', () => {
  const config = { ...made('kubernetes:core/v1:ConfigMap', 'a', {}), protect: true, retainOnDelete: true }
  expect(harm([config], [{ ...config, protect: false }])).toEqual(['unprotect: a: protect is no longer set'])
  expect(harm([config], [{ ...config, retainOnDelete: false }])).toEqual([
    'unprotect: a: retainOnDelete is no longer set',
  ])
  expect(harm([{ ...config, protect: false }], [config])).toEqual([])
})

test('a resource that only moved is told to lack its alias', () => {
  const moved = { ...bucket('a', { protect: true }), urn: 'urn:pulumi:made::kura::kura:cluster:Other$x::a' }
  expect(harm([bucket('a', { protect: true })], [moved])[0]).toContain(
    'one of the same name is added elsewhere, and lacks an alias',
  )
})

test('a change that is meant is named, with its reason and its last day; a day later it is none', () => {
  const resource = bucket('a').urn
  const entry = { resource, change: 'remove' as const, reason: 'its contents were moved', until: '2027-01-31' }
  const others = [bucket('b').urn, resource.replace(':made:', ':other:')]
  const on = (today: string) =>
    new AcceptedChanges([entry, ...others.map((other) => ({ ...entry, resource: other }))], today)
  const found = (accepted: AcceptedChanges) => findHarm(changesOf([bucket('a')], []), accepted)[0]?.acceptance
  expect(found(on('2027-01-31'))).toMatchObject({ over: false, reason: 'its contents were moved' })
  expect(found(on('2027-02-01'))).toMatchObject({ over: true })
  const accepted = on('2027-01-01')
  found(accepted)
  // What is for another stack is not useless.
  expect(accepted.unused('made').map((one) => one.resource)).toEqual([bucket('b').urn])
  // Another change of the same resource is another matter.
  expect(findHarm(changesOf([bucket('a')], [bucket('a', {}, { name: 'b' })]), accepted)[0]?.acceptance).toBeUndefined()
})

test('a component that has another name or parent without an alias is told once, with what is below it', () => {
  const tree = (name: string) => [
    part(name),
    made('x:y:Thing', `${name}-a`, {}, name),
    made('x:y:Thing', `${name}-b`, {}, name),
  ]
  expect(moves(tree('kura-old'), tree('kura-new'))).toEqual([['kura-old', 'kura-new', 2]])
  expect(moves(tree('kura-old'), tree('kura-old'))).toEqual([])
  const [top, ...rest] = tree('kura-new') as [CapturedResource, ...CapturedResource[]]
  expect(moves(tree('kura-old'), [{ ...top, aliases: [part('kura-old').urn] }, ...rest])).toEqual([])
  expect(moves(tree('kura-old'), [part('kura-new')])).toEqual([])
  expect(moves([part('kura-old')], [part('kura-new')])).toEqual([])
})

test('what a provider makes of a component is not known, and other files are another', () => {
  const definitions = (name: string, file = 'a.yaml') => ({
    ...made('kubernetes:yaml/v2:ConfigFile', name, { file }),
    custom: false,
  })
  expect(moves([definitions('old')], [definitions('now')])).toEqual([['old', 'now', undefined]])
  expect(moves([definitions('old')], [definitions('now', 'b.yaml')])).toEqual([])
})

test('a component that is meant to be made anew is accepted by its URN', () => {
  const [before, after] = [
    [part('old'), made('x:y:Thing', 'a', {}, 'old')],
    [part('now'), made('x:y:Thing', 'b', {}, 'now')],
  ]
  const entry = {
    resource: part('old').urn,
    change: 'replace' as const,
    reason: 'it is empty as yet',
    until: '2027-01-31',
  }
  const accepted = new AcceptedChanges([entry], '2027-01-01')
  expect(findMoves({ resources: before }, { resources: after }, accepted)).toMatchObject([{ acceptance: entry }])
  expect(accepted.unused('made')).toEqual([])
})
