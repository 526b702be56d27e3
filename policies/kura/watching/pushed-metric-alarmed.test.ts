import { core } from '@pulumi/kubernetes'
import { monitoring } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './pushed-metric-alarmed.ts'

const agent = declared(core.v1.ConfigMap, 'agent', {
  data: { 'agent.properties': 'namespace=ours\nallowMetrics=jobs\n' },
})
const alarm = (namespace: string, query: string) => declared(monitoring.Alarm, 'alarm', { namespace, query })
const told = 'agent has no alarm that looks at jobs; write an Alarm, or push it no more.'

cases(rule, {
  passes: { 'a metric with an alarm': [agent, alarm('ours', 'jobs[5m].max() > 1')] },
  breaks: {
    'a metric without': [agent, told],
    'an alarm at another namespace': [[agent, alarm('theirs', 'jobs[5m].max() > 1')], told],
    'an alarm at a metric that begins alike': [[agent, alarm('ours', 'jobs_done[5m].max() > 1')], told],
  },
})
