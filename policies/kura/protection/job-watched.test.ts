import { batch, core } from '@pulumi/kubernetes'
import { monitoring } from '@pulumi/oci'
import { object } from '../../../test/support/object.ts'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './job-watched.ts'

const METRIC = 'kube_cronjob_status_last_successful_time'
const job = (spec: object = {}) => object(batch.v1.CronJob, 'edge/import', { ...spec })
const watching = ({ expr = `time() - ${METRIC}`, pushed = 'jobs', query = 'jobs[5m].min() > 1', isEnabled = true }) => [
  declared(core.v1.ConfigMap, 'rules', {
    data: { 'rules.yml': JSON.stringify({ groups: [{ rules: [{ record: 'jobs', expr }] }] }) },
  }),
  declared(core.v1.ConfigMap, 'agent', {
    data: { 'agent.properties': `namespace=ours\nallowMetrics=${pushed}\n` },
  }),
  declared(monitoring.Alarm, 'alarm', { isEnabled, namespace: 'ours', query }),
]
const told = `import has no alarm that speaks when it did not succeed; write an Alarm at a recorded metric that reads ${METRIC} of all jobs.`

cases(rule, {
  passes: {
    'a job with its alarm': [job(), ...watching({})],
    'a job that an operator starts': job({ suspend: true }),
  },
  breaks: {
    'no alarm': [job(), told],
    'an alarm that is off': [[job(), ...watching({ isEnabled: false })], told],
    'an alarm at something else': [[job(), ...watching({ query: 'disks[5m].max() > 1' })], told],
    'a metric that is not pushed': [[job(), ...watching({ pushed: 'disks' })], told],
    'a rule for some namespaces': [[job(), ...watching({ expr: `${METRIC}{namespace="kura-backups"}` })], told],
    'a rule that reads when jobs began': [
      [job(), ...watching({ expr: 'kube_cronjob_status_last_schedule_time' })],
      told,
    ],
  },
})
