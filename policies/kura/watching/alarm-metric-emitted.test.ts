import { core } from '@pulumi/kubernetes'
import { monitoring } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './alarm-metric-emitted.ts'

const agent = declared(core.v1.ConfigMap, 'agent', {
  data: { 'collector.properties': 'namespace=ours\nallowMetrics=jobs,disks\n' },
})
const alarm = (namespace: string, query: string, ...overrides: string[]) =>
  declared(monitoring.Alarm, 'alarm', { namespace, query, overrides: overrides.map((query) => ({ query })) })
const told = (query: string, at = 'query', namespace = 'ours') =>
  `alarm: ${at} is "${query}"; write a metric that the agent's allowMetrics has for ${namespace}, or add it there.`

cases(rule, {
  passes: {
    'a metric that is pushed': [agent, alarm('ours', 'jobs[5m].max() > 1', 'jobs[15m].grouping().absent(3d)')],
    "a metric of a service of Oracle's": alarm('oci_lbaas', 'unhealthyBackendServers[1m].max() > 0'),
    'a ConfigMap besides that nobody knows yet': [
      declared(core.v1.ConfigMap, 'other', { data: UNKNOWN }),
      agent,
      alarm('ours', 'disks[5m].max() > 1'),
    ],
  },
  breaks: {
    'a metric that is not pushed': [[agent, alarm('ours', 'nodes[5m].max() > 1')], told('nodes[5m].max() > 1')],
    'an override of another metric': [
      [agent, alarm('ours', 'jobs[5m].max() > 1', 'nodes[5m].max() > 2')],
      told('nodes[5m].max() > 2', 'overrides[0].query'),
    ],
    'a metric of another namespace': [
      [agent, alarm('theirs', 'jobs[5m].max() > 1')],
      told('jobs[5m].max() > 1', 'query', 'theirs'),
    ],
    'a query that begins with no metric': [[agent, alarm('ours', 'max(jobs)')], told('max(jobs)')],
    'what is pushed, where nobody knows it yet': [
      [declared(core.v1.ConfigMap, 'agent', { data: UNKNOWN }), alarm('ours', 'jobs[5m].max() > 1')],
      /^Could not be judged: .*data is not known/,
    ],
  },
})
