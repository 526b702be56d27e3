import { reveal } from '../evaluate/index.ts'
import type { Change } from './change.ts'
import { isWithin, parsePath, valueAt } from './path.ts'

/** What is said of a value that destroys something; nothing if it does not. */
type Told = (before: unknown, after: unknown) => string | string[] | undefined

const DAY_SECONDS = 86_400
const DAYS: Record<string, number> = { DAYS: 1, YEARS: 365 }

/**
 * Inputs that can be changed in place, and by which data is lost all the same or can no longer be read: by type and path,
 * what is said of the value before and after.
 */
const DESTROYING: Record<string, Record<string, Told>> = {
  'oci:Kms/key:Key': {
    desiredState: becomes('DISABLED', 'nothing that it has encrypted can be read'),
    timeOfDeletion: appears('it is to be deleted then, with all that it has encrypted'),
  },
  'oci:Kms/keyVersion:KeyVersion': {
    timeOfDeletion: appears('it is to be deleted then, with all that it has encrypted'),
  },
  'oci:Kms/vault:Vault': { timeOfDeletion: appears('it is to be deleted then, with all of its keys') },
  'oci:ObjectStorage/bucket:Bucket': {
    retentionRules: (before, after) => shorter('', retention(before), retention(after)),
    versioning: (before, after) =>
      before === 'Enabled' && after !== 'Enabled' ? 'what is overwritten or deleted is kept no more' : undefined,
  },
  'oci:ObjectStorage/objectLifecyclePolicy:ObjectLifecyclePolicy': {
    rules: (before, after) => {
      const [was, is] = [deletions(before), deletions(after)]
      return [...is].flatMap(
        ([what, days]) => shorter(`${what}: `, was.get(what) ?? Number.POSITIVE_INFINITY, days) ?? [],
      )
    },
  },
  'oci:FileStorage/filesystemSnapshotPolicy:FilesystemSnapshotPolicy': {
    schedules: (before, after) => {
      const [was, is] = [snapshots(before), snapshots(after)]
      return [...was].flatMap(([period, days]) => shorter(`${period}: `, days, is.get(period) ?? 0) ?? [])
    },
  },
  'kubernetes:apps/v1:StatefulSet': {
    'spec.persistentVolumeClaimRetentionPolicy.whenDeleted': becomes('Delete', 'its volumes go with it'),
    'spec.persistentVolumeClaimRetentionPolicy.whenScaled': becomes('Delete', 'its volumes go with its pods'),
    'spec.replicas': empties,
  },
  'kubernetes:acid.zalan.do/v1:postgresql': { 'spec.numberOfInstances': empties },
  'kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster': { 'spec.replicas': empties },
}

/** What a change in place destroys: clauses. */
export function destruction({ type, before, after, properties }: Change): string[] {
  if (!before || !after) return []
  return Object.entries(DESTROYING[type] ?? {}).flatMap(([input, told]) => {
    const path = parsePath(input)
    // What is ignored is not among the properties that change.
    if (!properties.some(({ at }) => isWithin(at, path) || isWithin(path, at))) return []
    const said = told(reveal(valueAt(before.inputs, path)), reveal(valueAt(after.inputs, path))) ?? []
    return [said].flat().map((clause) => `${input}: ${clause}`)
  })
}

function becomes(value: string, told: string): Told {
  return (before, after) => (before !== value && after === value ? `${value}, so ${told}` : undefined)
}

function appears(told: string): Told {
  return (before, after) => (after !== undefined && after !== before ? `${after}; ${told}` : undefined)
}

function empties(before: unknown, after: unknown): string | undefined {
  return before !== 0 && after === 0 ? `${before ?? 1} → 0, so nothing of it runs` : undefined
}

function shorter(what: string, before: number, after: number): string | undefined {
  if (after >= before) return undefined
  if (!Number.isFinite(before)) return `${what}keeps less long: for ever → ${shown(after)}`
  return after === 0
    ? `${what}keeps nothing (${shown(before)} before)`
    : `${what}keeps less long: ${+before.toFixed(2)} → ${shown(after)}`
}

function shown(days: number): string {
  return `${+days.toFixed(2)} days`
}

interface Amount {
  timeAmount?: string
  timeUnit?: string
}

function daysOf({ timeAmount, timeUnit = 'DAYS' }: Amount): number {
  return Number(timeAmount) * (DAYS[timeUnit.toUpperCase()] ?? 1)
}

/** Days for which a bucket keeps what is put into it: rules without a duration keep it for ever. */
function retention(rules: unknown): number {
  const all = (rules ?? []) as { duration?: Amount }[]
  return Math.max(0, ...all.map(({ duration }) => (duration ? daysOf(duration) : Number.POSITIVE_INFINITY)))
}

interface LifecycleRule extends Amount {
  action: string
  isEnabled: boolean
  target?: string
  objectNameFilter?: object
}

/** Days after which rules delete, by what they delete. */
function deletions(rules: unknown): Map<string, number> {
  const found = new Map<string, number>()
  for (const rule of (rules ?? []) as LifecycleRule[]) {
    if (rule.action !== 'DELETE' || !rule.isEnabled) continue
    const { target = 'objects', objectNameFilter } = rule
    const what = `${target}${objectNameFilter ? ` ${JSON.stringify(objectNameFilter)}` : ''}`
    found.set(what, Math.min(daysOf(rule), found.get(what) ?? Number.POSITIVE_INFINITY))
  }
  return found
}

/** Days for which snapshots are kept, by how often they are made. */
function snapshots(schedules: unknown): Map<string, number> {
  const found = new Map<string, number>()
  for (const { period, retentionDurationInSeconds } of (schedules ?? []) as Record<string, string>[]) {
    // Without a retention they stay.
    const days = retentionDurationInSeconds
      ? Number(retentionDurationInSeconds) / DAY_SECONDS
      : Number.POSITIVE_INFINITY
    found.set(`${period}`, Math.max(days, found.get(`${period}`) ?? 0))
  }
  return found
}
