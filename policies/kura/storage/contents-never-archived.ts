import { objectstorage } from '@pulumi/oci'
import { setting, stackRule } from '../../rule/index.ts'
import { lifecycleOf, replicasOf } from '../buckets.ts'

export default stackRule(
  {
    name: 'contents-never-archived',
    description:
      "Institutions' files are never archived, because an archived file cannot be read before it is restored.",
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura contents-at-hand'],
    settings: {
      buckets: setting(['kura-storage-contents'], {
        type: 'array',
        items: { type: 'string' },
        description: "Buckets of institutions' files; those that they are copied to count too.",
      }),
    },
  },
  [objectstorage.Bucket, objectstorage.ObjectLifecyclePolicy],
  (stack, tell, { settings }) => {
    const contents = stack.of(objectstorage.Bucket).filter(({ name }) => settings.buckets.includes(name))
    for (const bucket of contents.flatMap((source) => [source, ...replicasOf(stack, source)])) {
      const { storageTier } = bucket.props
      if (storageTier === 'Archive') tell(bucket, { at: 'storageTier', is: storageTier, write: '"Standard"' })
      const archiving = lifecycleOf(stack, bucket).find(({ action }) => action.toUpperCase() === 'ARCHIVE')
      if (archiving)
        tell(bucket, {
          at: 'its lifecycle',
          holds: `the rule ${archiving.name} that archives`,
          write: 'the action "INFREQUENT_ACCESS" there',
        })
    }
  },
)
