import { expect, test } from 'vitest'
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
  expect(harm([claim({ volumeName: 'files' })], [])).toEqual([])
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
  const entry = { resource: 'a', change: 'remove' as const, reason: 'its contents were moved', until: '2027-01-31' }
  const on = (today: string) => new AcceptedChanges([entry, { ...entry, resource: 'b' }], today)
  const found = (accepted: AcceptedChanges) => findHarm(changesOf([bucket('a')], []), accepted)[0]?.acceptance
  expect(found(on('2027-01-31'))).toMatchObject({ over: false, reason: 'its contents were moved' })
  expect(found(on('2027-02-01'))).toMatchObject({ over: true })
  const accepted = on('2027-01-01')
  found(accepted)
  expect(accepted.unused.map(({ resource }) => resource)).toEqual(['b'])
  // Another change of the same resource is another matter.
  expect(findHarm(changesOf([bucket('a')], [bucket('a', {}, { name: 'b' })]), accepted)[0]?.acceptance).toBeUndefined()
})

test('a component that has another name or parent without an alias is told once, with what is below it', () => {
  const tree = (name: string) => [
    part(name),
    made('x:y:Thing', `${name}-a`, {}, name),
    made('x:y:Thing', `${name}-b`, {}, name),
  ]
  const moves = (before: CapturedResource[], after: CapturedResource[]) =>
    findMoves({ resources: before }, { resources: after }).map(({ from, to, resources }) => [from, to, resources])
  expect(moves(tree('kura-old'), tree('kura-new'))).toEqual([['kura-old', 'kura-new', 2]])
  expect(moves(tree('kura-old'), tree('kura-old'))).toEqual([])
  const [top, ...rest] = tree('kura-new') as [CapturedResource, ...CapturedResource[]]
  expect(moves(tree('kura-old'), [{ ...top, aliases: [part('kura-old').urn] }, ...rest])).toEqual([])
  expect(moves(tree('kura-old'), [part('kura-new')])).toEqual([])
})
