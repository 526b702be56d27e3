import { batch } from '@pulumi/kubernetes'
import { resourceRule, setting } from '../../rule/index.ts'
import { BACKUPS } from '../jobs.ts'

export default resourceRule(
  {
    name: 'backup-not-suspended',
    description: 'No job of backups is suspended, but those that operators start.',
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
  },
)
