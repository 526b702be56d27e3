import { objectstorage } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'
import { daysOf, lifecycleOf, retainedDays } from '../buckets.ts'

export default stackRule(
  {
    name: 'retained-bucket-ends',
    description: 'What a retention rule keeps is deleted once it lets go, and not tried to be deleted before.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura backup-ends', 'Kura buckets-cleared'],
  },
  [objectstorage.Bucket, objectstorage.ObjectLifecyclePolicy],
  (stack, tell, { each }) => {
    each(objectstorage.Bucket, (bucket) => {
      const kept = retainedDays(bucket)
      if (kept === 0) return
      const ends = lifecycleOf(stack, bucket).filter(
        ({ action, target = 'objects' }) => action === 'DELETE' && target === 'objects',
      )
      if (kept === Number.POSITIVE_INFINITY)
        tell(bucket, { at: 'retentionRules', holds: 'a rule without an end', write: 'a duration' })
      else if (ends.length === 0)
        tell(bucket, {
          lacks: 'end for its objects',
          write: `a rule with action "DELETE" after more than ${kept} days into its ObjectLifecyclePolicy`,
        })
      for (const rule of ends)
        if (daysOf(rule) <= kept)
          tell(bucket, {
            at: `the rule ${rule.name} of its lifecycle`,
            holds: `${daysOf(rule)} days`,
            write: `more than the ${kept} for which its objects are retained`,
          })
    })
  },
)
