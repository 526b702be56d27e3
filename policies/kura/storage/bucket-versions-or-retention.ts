import { objectstorage } from '@pulumi/oci'
import { setting, stackRule } from '../../rule/index.ts'
import { isReplica } from '../buckets.ts'

export default stackRule(
  {
    name: 'bucket-versions-or-retention',
    description:
      'What is overwritten or deleted in a bucket is not lost at once: a bucket has versions or retention rules, which exclude each other in Oracle Cloud.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura versions-or-retention'],
    settings: {
      expired: setting(['kura-storage-wal', 'kura-storage-snapshots'], {
        type: 'array',
        items: { type: 'string' },
        description:
          'Buckets whose tools remove what has expired (WAL-G, Elasticsearch): retention would forbid it, and versions undo it.',
      }),
    },
  },
  objectstorage.Bucket,
  (stack, tell, { each, settings }) => {
    each(objectstorage.Bucket, (bucket) => {
      const { versioning, retentionRules = [] } = bucket.props
      const versioned = versioning === 'Enabled'
      if (versioned && retentionRules.length > 0)
        tell(bucket, { at: 'versioning', is: versioning, write: '"Disabled", or no retentionRules: both are refused' })
      else if (
        !versioned &&
        retentionRules.length === 0 &&
        !settings.expired.includes(bucket.name) &&
        !isReplica(stack, bucket)
      )
        tell(bucket, { lacks: 'versions and no retention rule', write: 'versioning: "Enabled" or retentionRules' })
    })
  },
)
