import { objectstorage } from '@pulumi/oci'
import { setting, stackRule } from '../../rule/index.ts'
import { isReplica } from '../buckets.ts'

interface Settings {
  rotated: { bucket: string; reason: string }[]
}

export default stackRule<Settings>(
  {
    name: 'bucket-keeps-old-objects',
    description:
      'What is overwritten or deleted in a bucket can be had back: by versions, or by a retention rule, since Oracle Cloud does not allow both.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['CIS 5.1.3', 'CKV_OCI_8'],
    settings: {
      rotated: setting([] as Settings['rotated'], {
        type: 'array',
        description:
          'Buckets whose tools delete what has expired, as those of backups: retention would forbid it, versions would undo it.',
        items: {
          type: 'object',
          properties: {
            bucket: { type: 'string', minLength: 1, description: 'Name of the resource.' },
            reason: { type: 'string', minLength: 10, description: 'Which tool deletes what.' },
          },
          required: ['bucket', 'reason'],
          additionalProperties: false,
        },
      }),
    },
  },
  objectstorage.Bucket,
  (stack, tell, { each, settings: { rotated } }) =>
    each(objectstorage.Bucket, (bucket) => {
      const { versioning, retentionRules = [] } = bucket.props
      const versioned = versioning?.toLowerCase() === 'enabled'
      if (versioned && retentionRules.length > 0)
        tell(bucket, { at: 'versioning', is: versioning, write: '"Disabled", or no retentionRules: both are refused' })
      if (
        versioned ||
        retentionRules.length > 0 ||
        rotated.some((one) => one.bucket === bucket.name) ||
        isReplica(stack, bucket)
      )
        return
      tell(bucket, { lacks: 'versions and no retention rule', write: 'versioning: "Enabled", or retentionRules' })
    }),
)
