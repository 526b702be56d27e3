import { objectstorage } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './bucket-ends-old-versions.ts'

const contents = declared(objectstorage.Bucket, 'contents', { versioning: 'Enabled' })
const dumps = declared(objectstorage.Bucket, 'kura-storage-dumps', {
  retentionRules: [{ duration: { timeAmount: '1', timeUnit: 'YEARS' } }],
})
const lifecycle = (timeAmount: string, more: object = {}) =>
  declared(
    objectstorage.ObjectLifecyclePolicy,
    'lifecycle',
    {
      rules: [
        {
          name: 'old',
          action: 'DELETE',
          target: 'previous-object-versions',
          timeAmount,
          timeUnit: 'DAYS',
          isEnabled: true,
          ...more,
        },
      ],
    },
    { linked: { bucket: [contents] } },
  )
const lacks =
  'contents has no end for old versions; write a rule with action "DELETE" and target "previous-object-versions" into its ObjectLifecyclePolicy.'

cases(rule, {
  passes: {
    'versions that live as long as dumps': [contents, dumps, lifecycle('365')],
    'versions where nothing is dumped': [contents, lifecycle('1')],
    'a bucket without versions': dumps,
  },
  breaks: {
    'versions for ever': [[contents, dumps], lacks],
    'a rule that deletes objects': [[contents, lifecycle('400', { target: 'objects' })], lacks],
    'versions that end a day before dumps': [
      [contents, dumps, lifecycle('364')],
      'contents: the rule old of its lifecycle holds 364 days; write at least 365, for which dumps are kept.',
    ],
  },
})
