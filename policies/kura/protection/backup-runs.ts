import { batch } from '@pulumi/kubernetes'
import { resourceRule, setting } from '../../rule/index.ts'
import { BACKUPS } from '../jobs.ts'

export default resourceRule(
  {
    name: 'backup-runs',
    description: 'Every job of backups runs: one at a time, ended when it hangs, and not suspended.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura backup-alarm', 'Kura backups'],
    settings: {
      namespace: setting('kura-backups', BACKUPS),
      onDemand: setting(['restore'], {
        type: 'array',
        items: { type: 'string' },
        description: 'Jobs that are suspended until an operator starts them.',
      }),
    },
  },
  batch.v1.CronJob,
  ({ metadata, spec }, tell, { settings }) => {
    if (metadata?.namespace !== settings.namespace) return
    if (spec?.suspend === true && !settings.onDemand.includes(metadata.name ?? ''))
      tell({ at: 'spec.suspend', is: true, write: 'false: no alarm looks at what is suspended' })
    if (spec?.concurrencyPolicy !== 'Forbid')
      tell({ at: 'spec.concurrencyPolicy', is: spec?.concurrencyPolicy, write: '"Forbid"' })
    const seconds = spec?.jobTemplate?.spec?.activeDeadlineSeconds
    if (seconds === undefined)
      tell({
        at: 'spec.jobTemplate.spec.activeDeadlineSeconds',
        is: seconds,
        write: 'seconds after which a job that hangs ends, so that the next one runs',
      })
  },
)
