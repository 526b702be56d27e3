import { batch } from '@pulumi/kubernetes'
import { resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'job-ends',
    description: 'A job that hangs is ended.',
    severity: 'low',
    level: 'mandatory',
    serves: ['Practice jobs-end'],
  },
  [batch.v1.CronJob, batch.v1.Job],
  (props, tell) => {
    const { spec } = props as { spec?: { activeDeadlineSeconds?: number; jobTemplate?: { spec?: typeof spec } } }
    const [at, job] = spec?.jobTemplate ? ['spec.jobTemplate.spec', spec.jobTemplate.spec] : ['spec', spec]
    if (!job?.activeDeadlineSeconds)
      tell({
        at: `${at}.activeDeadlineSeconds`,
        is: job?.activeDeadlineSeconds,
        write: 'how many seconds it may take with all retries',
      })
  },
)
