import { batch } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './job-ends.ts'

const job = (spec: object) => declared(batch.v1.Job, 'once', { spec })
const cronJob = (spec: object) => declared(batch.v1.CronJob, 'nightly', { spec: { jobTemplate: { spec } } })
const told = (at: string, is = 'not set') => `${at} is ${is}; write how many seconds it may take with all retries.`

cases(rule, {
  passes: {
    'a job with an end': job({ activeDeadlineSeconds: 600 }),
    'a schedule whose jobs have one': cronJob({ activeDeadlineSeconds: 600 }),
  },
  breaks: {
    'a job without': [job({ backoffLimit: 6 }), told('once: spec.activeDeadlineSeconds')],
    'a job of no time': [job({ activeDeadlineSeconds: 0 }), told('once: spec.activeDeadlineSeconds', '0')],
    'a schedule whose jobs have none': [cronJob({}), told('nightly: spec.jobTemplate.spec.activeDeadlineSeconds')],
    'an end that nobody knows yet': [
      job({ activeDeadlineSeconds: UNKNOWN }),
      'Could not be judged: once: spec.activeDeadlineSeconds is not known before the deployment.',
    ],
  },
})
