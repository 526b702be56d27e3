import { core } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './pushed-metric-recorded.ts'

const file = (name: string, text: string) =>
  declared(core.v1.ConfigMap, name.split('.')[0] ?? '', { data: { [name]: text } })
const agent = file('agent.properties', 'namespace=ours\nallowMetrics=jobs,disks\n')
const rules = (...records: string[]) =>
  file('rules.yml', JSON.stringify({ groups: [{ rules: records.map((record) => ({ record, expr: 'up' })) }] }))

cases(rule, {
  passes: { 'metrics that are recorded': [agent, rules('jobs', 'disks', 'more')] },
  breaks: {
    'one that is not': [
      [agent, rules('jobs')],
      'agent: allowMetrics is "disks"; write a metric that rules.yml records, or a rule for it.',
    ],
    'rules that nobody knows yet': [
      [agent, declared(core.v1.ConfigMap, 'rules', { data: UNKNOWN })],
      /^Could not be judged: .*data is not known/,
    ],
  },
})
