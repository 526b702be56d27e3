import { objectstorage, sch } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './archive-retained.ts'

const bucket = (timeAmount?: string) =>
  declared(objectstorage.Bucket, 'logs', {
    retentionRules: timeAmount ? [{ duration: { timeAmount, timeUnit: 'DAYS' } }] : undefined,
  })
const archived = (to: ReturnType<typeof bucket>) => [
  to,
  ...['network', 'audit'].map((name) => declared(sch.Connector, name, {}, { linked: { target: [to] } })),
]
const told = (days: number) =>
  `logs: retentionRules holds ${days} days; write a duration of at least 90 days, because logs are archived there.`

cases(rule, {
  passes: {
    'an archive that is retained': archived(bucket('90')),
    'one that is retained for ever': archived(
      declared(objectstorage.Bucket, 'logs', { retentionRules: [{ displayName: 'kept' }] }),
    ),
    'a bucket that nothing is archived to': bucket(),
  },
  breaks: {
    'an archive that is not, once': [archived(bucket()), told(0)],
    'a day less': [archived(bucket('89')), told(89)],
  },
})
