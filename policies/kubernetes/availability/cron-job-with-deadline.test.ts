import { batch } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './cron-job-with-deadline.ts'

const job = (startingDeadlineSeconds?: unknown) =>
  declared(batch.v1.CronJob, 'nightly', { spec: { startingDeadlineSeconds } })
const told = (is: string) =>
  `nightly: spec.startingDeadlineSeconds is ${is}; write how late a run may start, at least 10.`

cases(rule, {
  passes: { 'an hour': job(3600), 'the least that works': job(10) },
  breaks: {
    'no deadline': [job(), told('not set')],
    'less than works': [job(9), told('9')],
    'none at all': [job(0), told('0')],
    'a deadline that nobody knows yet': [
      job(UNKNOWN),
      'Could not be judged: nightly: spec.startingDeadlineSeconds is not known before the deployment.',
    ],
  },
})
