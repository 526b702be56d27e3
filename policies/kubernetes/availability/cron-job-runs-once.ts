import { batch } from '@pulumi/kubernetes'
import { resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'cron-job-runs-once',
    description: 'A run that takes long does not run beside the next one.',
    severity: 'low',
    level: 'advisory',
    serves: ['Practice jobs-end'],
  },
  batch.v1.CronJob,
  ({ spec }, tell) => {
    const { concurrencyPolicy } = spec ?? {}
    if (!['Forbid', 'Replace'].includes(concurrencyPolicy ?? 'Allow'))
      tell({ at: 'spec.concurrencyPolicy', is: concurrencyPolicy, write: '"Forbid" or "Replace"' })
  },
)
