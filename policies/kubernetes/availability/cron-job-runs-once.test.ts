import { batch } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './cron-job-runs-once.ts'

const job = (concurrencyPolicy?: string) => declared(batch.v1.CronJob, 'nightly', { spec: { concurrencyPolicy } })

cases(rule, {
  passes: { 'waiting for the next time': job('Forbid'), 'ending the one before': job('Replace') },
  breaks: {
    'running beside it': [job('Allow'), 'nightly: spec.concurrencyPolicy is "Allow"; write "Forbid" or "Replace".'],
    'no word, which allows it': [job(), 'nightly: spec.concurrencyPolicy is not set; write "Forbid" or "Replace".'],
    'a word that nobody knows yet': [
      job(UNKNOWN),
      'Could not be judged: nightly: spec.concurrencyPolicy is not known before the deployment.',
    ],
  },
})
