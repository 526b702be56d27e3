import { batch } from '@pulumi/kubernetes'
import { monitoring } from '@pulumi/oci'
import { setting, stackRule } from '../../rule/index.ts'
import { scheduledJobs } from '../jobs.ts'
import { metricOf, pushedMetrics, recordedMetrics } from '../metrics.ts'

export default stackRule(
  {
    name: 'job-watched',
    description:
      'A job that does not succeed when it should wakes somebody, whatever it is called and wherever it lives.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['Kura backup-alarm'],
    settings: {
      metric: setting('kube_cronjob_status_last_successful_time', {
        type: 'string',
        description: 'The metric that tells when a job last succeeded.',
      }),
    },
  },
  batch.v1.CronJob,
  (stack, tell, { settings }) => {
    // What asks for names or namespaces would miss the next job.
    const everyJob = new RegExp(`\\b${settings.metric}\\b(?!\\s*\\{)`)
    const records = recordedMetrics(stack)
      .filter(({ expr }) => everyJob.test(expr))
      .map(({ record }) => record)
    const namespaces = pushedMetrics(stack)
      .filter(({ metrics }) => metrics.some((metric) => records.includes(metric)))
      .map(({ namespace }) => namespace)
    const watched = stack
      .of(monitoring.Alarm)
      .some(
        ({ props: { isEnabled, namespace, query } }) =>
          isEnabled && namespaces.includes(namespace) && records.includes(metricOf(query) ?? ''),
      )
    if (watched) return
    for (const { job } of scheduledJobs(stack))
      tell(job, {
        lacks: 'alarm that speaks when it did not succeed',
        write: `an Alarm at a recorded metric that reads ${settings.metric} of all jobs`,
      })
  },
)
