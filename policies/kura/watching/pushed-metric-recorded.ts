import { core } from '@pulumi/kubernetes'
import { stackRule } from '../../rule/index.ts'
import { pushedMetrics, recordedMetrics } from '../metrics.ts'

export default stackRule(
  {
    name: 'pushed-metric-recorded',
    description: 'Whatever the agent pushes, a rule of Prometheus records.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura alarm-emitter'],
  },
  core.v1.ConfigMap,
  (stack, tell) => {
    const records = new Set(recordedMetrics(stack).map(({ record }) => record))
    for (const { from, metrics } of pushedMetrics(stack))
      for (const metric of metrics)
        if (!records.has(metric))
          tell(from, { at: 'allowMetrics', is: metric, write: 'a metric that rules.yml records, or a rule for it' })
  },
)
