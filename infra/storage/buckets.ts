import type { ObjectStorage } from '@pulumi/oci/types/input.js'
import type { Settings } from '../settings.ts'

export const BUCKETS = ['contents', 'dumps', 'wal', 'snapshots', 'logs'] as const
export type BucketName = (typeof BUCKETS)[number]

export type LifecycleRule = ObjectStorage.ObjectLifecyclePolicyRule

/** What makes a bucket differ from the others. Versions and retention exclude each other in Oracle Cloud. */
interface Kind {
  /** Whether what is overwritten or deleted stays as an old version. */
  versioned?: boolean
  /** Days for which nothing can be overwritten or deleted, by anybody. */
  kept?: number
  /** What becomes of objects with age. */
  lifecycle: LifecycleRule[]
}

/** After which reading an object costs more than keeping it in reach. */
const INFREQUENT_DAYS = 30
/** Parts of an upload that nobody has finished for so long are of no use, and cost like objects. */
const UPLOAD_DAYS = 7

/** The buckets, by what has to happen with their objects. */
export function buckets(storage: Settings['storage']): Record<BucketName, Kind> {
  const abort = rule('abort-uploads', 'ABORT', 'multipart-uploads', UPLOAD_DAYS)
  // Their tools remove what has expired, which a retention rule would forbid and versions would undo.
  const rotated = { lifecycle: [abort] }
  return {
    // Never archived: an archived file cannot be read before it is restored. Old versions stay as long as dumps do,
    // because a dump without the files of its day restores half.
    contents: {
      versioned: true,
      lifecycle: [
        abort,
        infrequent,
        rule('delete-old-versions', 'DELETE', 'previous-object-versions', storage.keepDumps),
      ],
    },
    dumps: {
      kept: storage.keepDumps,
      lifecycle: [abort, archived(storage.archiveDumps), deleted(storage.keepDumps)],
    },
    wal: rotated,
    snapshots: rotated,
    logs: {
      kept: storage.keepLogs,
      lifecycle: [abort, archived(storage.archiveLogs), deleted(storage.keepLogs)],
    },
  }
}

/** To a tier that costs less to keep and more to read. */
export const infrequent = rule('infrequent-access', 'INFREQUENT_ACCESS', 'objects', INFREQUENT_DAYS)

/** To the tier that costs least and has to be restored before it is read. */
export function archived(days: number): LifecycleRule {
  return rule('archive', 'ARCHIVE', 'objects', days)
}

/** Once the retention rule lets go. */
function deleted(kept: number): LifecycleRule {
  return rule('delete', 'DELETE', 'objects', kept + 1)
}

function rule(name: string, action: string, target: string, days: number): LifecycleRule {
  return { name, action, target, timeAmount: String(days), timeUnit: 'DAYS', isEnabled: true }
}
