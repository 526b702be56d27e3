import { batch } from '@pulumi/kubernetes'
import { objectstorage } from '@pulumi/oci'
import { setting, stackRule } from '../../rule/index.ts'
import { lifecycleOf } from '../buckets.ts'
import { BACKUPS, CHECK, scheduledJobs } from '../jobs.ts'

export default stackRule(
  {
    name: 'backup-ends',
    description:
      'Every backup goes where it ends some day: by the lifecycle of its bucket, or by the job that made it.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura backup-ends'],
    settings: {
      namespace: setting('kura-backups', BACKUPS),
      expired: setting(['kura-storage-wal', 'kura-storage-snapshots'], {
        type: 'array',
        items: { type: 'string' },
        description: 'Buckets whose tools remove what has expired (WAL-G, Elasticsearch).',
      }),
    },
  },
  [batch.v1.CronJob, objectstorage.Bucket],
  (stack, tell, { settings }) => {
    const ends = (bucket: Parameters<typeof lifecycleOf>[1]) =>
      settings.expired.includes(bucket.name) ||
      lifecycleOf(stack, bucket).some(({ action, target = 'objects' }) => action === 'DELETE' && target === 'objects')
    for (const { job, name, env } of scheduledJobs(stack, settings.namespace)) {
      const kept = Number(env.KEEP ?? 0)
      if (name.endsWith(CHECK) || kept > 0) continue
      const buckets = stack.linked(job, 'spec', objectstorage.Bucket)
      if (buckets.length === 0)
        tell(job, { lacks: 'end for its copies', write: 'how many it keeps into its variable KEEP' })
      for (const bucket of buckets.filter((bucket) => !ends(bucket)))
        tell(job, {
          lacks: `end for its copies in ${bucket.name}`,
          write: 'a rule with action "DELETE" into the ObjectLifecyclePolicy of the bucket',
        })
    }
  },
)
