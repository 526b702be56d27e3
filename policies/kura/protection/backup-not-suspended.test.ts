import { batch } from '@pulumi/kubernetes'
import { object } from '../../../test/support/object.ts'
import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './backup-not-suspended.ts'

const job = (suspend?: unknown, place = 'kura-backups/dumps') => object(batch.v1.CronJob, place, { suspend })

cases(rule, {
  passes: {
    'a job that says nothing': job(),
    'one that says that it runs': job(false),
    'one that an operator starts': job(true, 'kura-backups/restore'),
    'a job of another namespace': job(true, 'edge/other'),
  },
  breaks: {
    'one that is suspended': [
      job(true),
      'dumps: spec.suspend is true; write false: no alarm looks at what is suspended.',
    ],
    'what nobody knows yet': [job(UNKNOWN), /^Could not be judged: dumps: spec.suspend/],
  },
})
