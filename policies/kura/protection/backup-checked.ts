import { batch } from '@pulumi/kubernetes'
import { objectstorage } from '@pulumi/oci'
import { setting, stackRule } from '../../rule/index.ts'
import { BACKUPS, CHECK, scheduledJobs } from '../jobs.ts'
import { Postgresql } from '../kinds.ts'

export default stackRule(
  {
    name: 'backup-checked',
    description: 'For every kind of backup there is a job that fails when copies are missing or cannot be read.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura backup-alarm'],
    settings: {
      namespace: setting('kura-backups', BACKUPS),
      checksItself: setting(['offsite'], {
        type: 'array',
        items: { type: 'string' },
        description: 'Jobs that look themselves whether what they copied is there.',
      }),
    },
  },
  [batch.v1.CronJob, Postgresql],
  (stack, tell, { settings }) => {
    const jobs = scheduledJobs(stack, settings.namespace)
    const checks = jobs.filter(({ name }) => name.endsWith(CHECK))
    for (const { job, name } of jobs.filter((each) => !checks.includes(each)))
      if (!settings.checksItself.includes(name) && !checks.some((check) => check.name === `${name}${CHECK}`))
        tell(job, { lacks: 'job that looks at its copies', write: `the CronJob ${name}${CHECK} beside it` })
    // Base backups are made by the operator, so their bucket tells who looks at them.
    const looked = new Set(
      checks.flatMap(({ job }) => stack.linked(job, 'spec', objectstorage.Bucket)).map(({ urn }) => urn),
    )
    for (const cluster of stack.of(Postgresql))
      for (const bucket of stack.linked(cluster, 'spec', objectstorage.Bucket))
        if (!looked.has(bucket.urn))
          tell(cluster, {
            lacks: `job that looks at its base backups in ${bucket.name}`,
            write: `a CronJob …${CHECK} that is told the bucket`,
          })
  },
)
