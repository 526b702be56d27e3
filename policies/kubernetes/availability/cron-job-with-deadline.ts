import { batch } from '@pulumi/kubernetes'
import { resourceRule } from '../../rule/index.ts'

/** Kubernetes looks at schedules this often: with less time it may never start anything. */
const LEAST_SECONDS = 10

export default resourceRule(
  {
    name: 'cron-job-with-deadline',
    description: 'A run that is much too late is left out, and a hundred missed ones do not end a schedule for good.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['kube-score cronjob-has-deadline'],
  },
  batch.v1.CronJob,
  ({ spec }, tell) => {
    const { startingDeadlineSeconds } = spec ?? {}
    if (startingDeadlineSeconds === undefined || startingDeadlineSeconds < LEAST_SECONDS)
      tell({
        at: 'spec.startingDeadlineSeconds',
        is: startingDeadlineSeconds,
        write: `how late a run may start, at least ${LEAST_SECONDS}`,
      })
  },
)
