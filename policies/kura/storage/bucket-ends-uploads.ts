import { objectstorage } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'
import { isReplica, lifecycleOf } from '../buckets.ts'

export default stackRule(
  {
    name: 'bucket-ends-uploads',
    description: 'Parts of uploads that nobody has finished are removed: they cannot be seen, and cost like objects.',
    severity: 'low',
    level: 'mandatory',
    serves: ['Kura buckets-cleared'],
  },
  [objectstorage.Bucket, objectstorage.ObjectLifecyclePolicy],
  (stack, tell, { each }) => {
    each(objectstorage.Bucket, (bucket) => {
      const ends = lifecycleOf(stack, bucket).some(
        ({ action, target }) => action === 'ABORT' && target === 'multipart-uploads',
      )
      // Nobody uploads to what another bucket is copied to.
      if (!ends && !isReplica(stack, bucket))
        tell(bucket, {
          lacks: 'end for unfinished uploads',
          write: 'a rule with action "ABORT" and target "multipart-uploads" into its ObjectLifecyclePolicy',
        })
    })
  },
)
