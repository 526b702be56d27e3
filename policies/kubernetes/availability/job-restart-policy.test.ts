import { apps, batch } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './job-restart-policy.ts'

const template = (restartPolicy?: string) => ({ template: { spec: { containers: [], restartPolicy } } })
const job = (restartPolicy?: string) => declared(batch.v1.Job, 'once', { spec: template(restartPolicy) })
const told = (is: string) => `once: spec.template.spec.restartPolicy is ${is}; write "Never" or "OnFailure".`

cases(rule, {
  passes: {
    'a new pod': job('Never'),
    'the same pod': job('OnFailure'),
    'pods that are no job': declared(apps.v1.Deployment, 'site', { spec: template() }),
  },
  breaks: {
    'no word': [job(), told('not set')],
    always: [job('Always'), told('"Always"')],
    'a schedule': [
      declared(batch.v1.CronJob, 'nightly', { spec: { jobTemplate: { spec: template() } } }),
      'nightly: spec.jobTemplate.spec.template.spec.restartPolicy is not set; write "Never" or "OnFailure".',
    ],
    'a word that nobody knows yet': [
      job(UNKNOWN),
      'Could not be judged: once: spec.template.spec.restartPolicy is not known before the deployment.',
    ],
  },
})
