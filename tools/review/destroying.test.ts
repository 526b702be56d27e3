import { expect, test } from 'vitest'
import { made } from '../../test/support/declaration.ts'
import { compareStacks } from './change.ts'
import { destruction } from './destroying.ts'

const destroys = (type: string, before: object, after: object, ignoreChanges: string[] = []) =>
  compareStacks(
    { stack: 'made', resources: [made(type, 'a', { ...before })] },
    { stack: 'made', resources: [{ ...made(type, 'a', { ...after }), ignoreChanges }] },
  ).flatMap(destruction)

test('a key is not disabled or deleted', () => {
  const key = 'oci:Kms/key:Key'
  expect(destroys(key, {}, { desiredState: 'DISABLED' })).toEqual([
    'desiredState: DISABLED, so nothing that it has encrypted can be read',
  ])
  expect(destroys(key, { desiredState: 'DISABLED' }, { desiredState: 'ENABLED' })).toEqual([])
  expect(destroys(key, {}, { timeOfDeletion: '2027-01-01T00:00:00Z' })).toHaveLength(1)
  expect(destroys(key, {}, { desiredState: 'DISABLED' }, ['desiredState'])).toEqual([])
})

test('volumes do not go with pods, and not all pods go', () => {
  const set = 'kubernetes:apps/v1:StatefulSet'
  const policy = (given: object) => ({ spec: { replicas: 3, persistentVolumeClaimRetentionPolicy: given } })
  expect(destroys(set, { spec: { replicas: 3 } }, policy({ whenDeleted: 'Delete', whenScaled: 'Delete' }))).toEqual([
    'spec.persistentVolumeClaimRetentionPolicy.whenDeleted: Delete, so its volumes go with it',
    'spec.persistentVolumeClaimRetentionPolicy.whenScaled: Delete, so its volumes go with its pods',
  ])
  expect(destroys(set, policy({ whenDeleted: 'Delete' }), policy({ whenDeleted: 'Retain' }))).toEqual([])
  expect(destroys(set, { spec: { replicas: 3 } }, { spec: { replicas: 0 } })).toEqual([
    'spec.replicas: 3 → 0, so nothing of it runs',
  ])
  expect(destroys(set, { spec: { replicas: 3 } }, { spec: { replicas: 1 } })).toEqual([])
  expect(
    destroys(
      'kubernetes:acid.zalan.do/v1:postgresql',
      { spec: { numberOfInstances: 3 } },
      { spec: { numberOfInstances: 0 } },
    ),
  ).toHaveLength(1)
})

test('a bucket keeps its objects as long as it did', () => {
  const bucket = 'oci:ObjectStorage/bucket:Bucket'
  const kept = (timeAmount: string, timeUnit = 'DAYS') => ({ retentionRules: [{ duration: { timeAmount, timeUnit } }] })
  expect(destroys(bucket, kept('400'), kept('62'))).toEqual(['retentionRules: keeps less long: 400 → 62 days'])
  expect(destroys(bucket, kept('62'), kept('1', 'YEARS'))).toEqual([])
  expect(destroys(bucket, kept('400'), {})).toEqual(['retentionRules: keeps nothing (400 days before)'])
  expect(destroys(bucket, { retentionRules: [{}] }, kept('400'))).toEqual([
    'retentionRules: keeps less long: for ever → 400 days',
  ])
  expect(destroys(bucket, { versioning: 'Enabled' }, { versioning: 'Suspended' })).toHaveLength(1)
})

test('rules of a bucket delete nothing sooner, or more', () => {
  const rules = (...all: object[]) => ({
    rules: all.map((rule) => ({ action: 'DELETE', isEnabled: true, timeUnit: 'DAYS', ...rule })),
  })
  const lifecycle = (before: object, after: object) =>
    destroys('oci:ObjectStorage/objectLifecyclePolicy:ObjectLifecyclePolicy', before, after)
  expect(lifecycle(rules({ timeAmount: '401' }), rules({ timeAmount: '62' }))).toEqual([
    'rules: objects: keeps less long: 401 → 62 days',
  ])
  expect(lifecycle(rules({ timeAmount: '62' }), rules({ timeAmount: '401' }))).toEqual([])
  expect(lifecycle(rules({ timeAmount: '90' }, { timeAmount: '401' }), rules({ timeAmount: '90' }))).toEqual([])
  const versions = { target: 'previous-object-versions', timeAmount: '30' }
  expect(lifecycle(rules({ timeAmount: '401' }), rules({ timeAmount: '401' }, versions))).toEqual([
    'rules: previous-object-versions: keeps less long: for ever → 30 days',
  ])
  const off = { isEnabled: false, timeAmount: '1' }
  const archive = { action: 'ARCHIVE', timeAmount: '1' }
  expect(lifecycle(rules({ timeAmount: '401' }), rules({ timeAmount: '401' }, off, archive))).toEqual([])
})

test('snapshots are kept as long as they were', () => {
  const schedules = (days: Record<string, number | undefined>) => ({
    schedules: Object.entries(days).map(([period, count]) => ({
      period,
      ...(count ? { retentionDurationInSeconds: String(count * 86_400) } : {}),
    })),
  })
  const policy = (before: object, after: object) =>
    destroys('oci:FileStorage/filesystemSnapshotPolicy:FilesystemSnapshotPolicy', before, after)
  expect(policy(schedules({ DAILY: 7, WEEKLY: 28 }), schedules({ DAILY: 3 }))).toEqual([
    'schedules: DAILY: keeps less long: 7 → 3 days',
    'schedules: WEEKLY: keeps nothing (28 days before)',
  ])
  expect(policy(schedules({ DAILY: 7 }), schedules({ DAILY: 14, WEEKLY: 28 }))).toEqual([])
  expect(policy(schedules({ DAILY: 7 }), schedules({ DAILY: undefined }))).toEqual([])
})
