import { core } from '@pulumi/kubernetes'
import { monitoring } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'
import { metricOf, pushedMetrics } from '../metrics.ts'

export default stackRule(
  {
    name: 'pushed-metric-alarmed',
    description: 'Whatever the agent pushes, an alarm looks at: it is pushed for nothing else.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura alarm-emitter'],
  },
  core.v1.ConfigMap,
  (stack, tell) => {
    const looked = new Set(
      stack.of(monitoring.Alarm).map(({ props: { namespace, query } }) => `${namespace}/${metricOf(query)}`),
    )
    for (const { from, namespace, metrics } of pushedMetrics(stack))
      for (const metric of metrics)
        if (!looked.has(`${namespace}/${metric}`))
          tell(from, { lacks: `alarm that looks at ${metric}`, write: 'an Alarm, or push it no more' })
  },
)
