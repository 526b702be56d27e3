import { objectstorage } from '@pulumi/oci'
import { setting, stackRule } from '../../rule/index.ts'
import { daysOf, lifecycleOf, retainedDays } from '../buckets.ts'

export default stackRule(
  {
    name: 'bucket-ends-old-versions',
    description:
      'Old versions of objects end, and not before the dumps that name them: a dump without the files of its day restores half.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura buckets-cleared', 'Kura backup-ends'],
    settings: {
      dumps: setting('kura-storage-dumps', {
        type: 'string',
        description: 'The bucket of dumps, whose retention old versions live as long as.',
      }),
    },
  },
  [objectstorage.Bucket, objectstorage.ObjectLifecyclePolicy],
  (stack, tell, { each, settings }) => {
    const kept = Math.max(
      0,
      ...stack
        .of(objectstorage.Bucket)
        .filter(({ name }) => name === settings.dumps)
        .map(retainedDays),
    )
    each(objectstorage.Bucket, (bucket) => {
      if (bucket.props.versioning !== 'Enabled') return
      const ends = lifecycleOf(stack, bucket).filter(
        ({ action, target }) => action === 'DELETE' && target === 'previous-object-versions',
      )
      if (ends.length === 0)
        tell(bucket, {
          lacks: 'end for old versions',
          write: 'a rule with action "DELETE" and target "previous-object-versions" into its ObjectLifecyclePolicy',
        })
      for (const rule of ends)
        if (daysOf(rule) < kept)
          tell(bucket, {
            at: `the rule ${rule.name} of its lifecycle`,
            holds: `${daysOf(rule)} days`,
            write: `at least ${kept}, for which dumps are kept`,
          })
    })
  },
)
