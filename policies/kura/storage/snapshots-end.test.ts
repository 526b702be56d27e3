import { filestorage } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './snapshots-end.ts'

const policy = (...schedules: object[]) => declared(filestorage.FilesystemSnapshotPolicy, 'snapshots', { schedules })
const daily = { period: 'DAILY', retentionDurationInSeconds: '86400' }

cases(rule, {
  passes: { 'snapshots that end': policy(daily) },
  breaks: {
    'no schedule': [policy(), 'snapshots has no schedule; write one or more schedules.'],
    'snapshots for ever': [
      policy(daily, { period: 'WEEKLY' }),
      'snapshots: schedules[1].retentionDurationInSeconds is not set; write the seconds to keep one.',
    ],
    'an end that nobody knows yet': [
      policy({ retentionDurationInSeconds: UNKNOWN }),
      /^Could not be judged: snapshots: schedules.0.retentionDurationInSeconds/,
    ],
  },
})
