import { podRule } from '../pods.ts'

export default podRule(
  {
    name: 'job-restart-policy',
    description: 'A job says whether what fails is started again in its pod or in a new one.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['kube-score cronjob-restartpolicy'],
  },
  ({ kind, spec, at }, tell) => {
    // Kubernetes' own answer, Always, is one that it refuses for jobs.
    if (['Job', 'CronJob'].includes(kind) && !['Never', 'OnFailure'].includes(spec.restartPolicy ?? ''))
      tell({ at: `${at}.restartPolicy`, is: spec.restartPolicy, write: '"Never" or "OnFailure"' })
  },
)
