import { objectstorage } from '@pulumi/oci'
import { setting, stackRule } from '../../rule/index.ts'
import { replicasOf } from '../buckets.ts'

export default stackRule(
  {
    name: 'bucket-replicated',
    description: 'What cannot be made again is copied to another region.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura backups'],
    settings: {
      buckets: setting(['kura-storage-contents', 'kura-storage-dumps'], {
        type: 'array',
        items: { type: 'string' },
        description: 'Buckets whose objects cannot be made again from others.',
      }),
    },
  },
  objectstorage.Bucket,
  (stack, tell, { each, settings }) => {
    each(objectstorage.Bucket, (bucket) => {
      if (settings.buckets.includes(bucket.name) && replicasOf(stack, bucket).length === 0)
        tell(bucket, {
          lacks: 'copy in another region',
          write: 'a ReplicationPolicy to a Bucket there (the setting kura:storage.replica)',
        })
    })
  },
)
