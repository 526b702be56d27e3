import { filestorage } from '@pulumi/oci'
import { resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'snapshots-end',
    description: 'Snapshots of file systems are taken by a schedule, and each of them ends.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura backup-ends'],
  },
  filestorage.FilesystemSnapshotPolicy,
  ({ schedules }, tell) => {
    if (!schedules?.length) tell({ lacks: 'schedule', write: 'one or more schedules' })
    for (const [index, { retentionDurationInSeconds }] of (schedules ?? []).entries())
      if (!retentionDurationInSeconds)
        tell({ at: `schedules[${index}].retentionDurationInSeconds`, is: undefined, write: 'the seconds to keep one' })
  },
)
