import { objectstorage, sch } from '@pulumi/oci'
import { setting, stackRule } from '../../rule/index.ts'
import { retainedDays } from '../buckets.ts'

export default stackRule(
  {
    name: 'archive-retained',
    description: 'Archived logs can be neither changed nor deleted for a time, by nobody.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura logs-archived'],
    settings: {
      days: setting(90, { type: 'integer', minimum: 1, description: 'Days for which logs are retained at least.' }),
    },
  },
  [sch.Connector, objectstorage.Bucket],
  (stack, tell, { settings }) => {
    const archives = stack
      .of(sch.Connector)
      .flatMap((connector) => stack.linked(connector, 'target', objectstorage.Bucket))
    for (const bucket of new Map(archives.map((bucket) => [bucket.urn, bucket])).values()) {
      const days = retainedDays(bucket)
      if (days < settings.days)
        tell(bucket, {
          at: 'retentionRules',
          holds: `${days} days`,
          write: `a duration of at least ${settings.days} days, because logs are archived there`,
        })
    }
  },
)
