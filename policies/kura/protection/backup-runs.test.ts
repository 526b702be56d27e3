import { batch } from '@pulumi/kubernetes'
import { object } from '../../../test/support/object.ts'
import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './backup-runs.ts'

const job = (spec: object, place = 'kura-backups/dumps') =>
  object(batch.v1.CronJob, place, {
    concurrencyPolicy: 'Forbid',
    jobTemplate: { spec: { activeDeadlineSeconds: 7200 } },
    ...spec,
  })

cases(rule, {
  passes: {
    'a job that runs': job({}),
    'one that says that it does': job({ suspend: false }),
    'one that an operator starts': job({ suspend: true }, 'kura-backups/restore'),
    'a job of another namespace': job({ suspend: true, concurrencyPolicy: 'Allow' }, 'edge/other'),
  },
  breaks: {
    'one that is suspended': [
      job({ suspend: true }),
      'dumps: spec.suspend is true; write false: no alarm looks at what is suspended.',
    ],
    'two at a time': [job({ concurrencyPolicy: 'Allow' }), 'dumps: spec.concurrencyPolicy is "Allow"; write "Forbid".'],
    'nothing said of it': [
      job({ concurrencyPolicy: undefined }),
      'dumps: spec.concurrencyPolicy is not set; write "Forbid".',
    ],
    'one that may hang': [
      job({ jobTemplate: { spec: {} } }),
      'dumps: spec.jobTemplate.spec.activeDeadlineSeconds is not set; write seconds after which a job that hangs ends, so that the next one runs.',
    ],
    'what nobody knows yet': [job({ suspend: UNKNOWN }), /^Could not be judged: dumps: spec.suspend/],
  },
})
