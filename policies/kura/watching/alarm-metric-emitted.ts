import { monitoring } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'
import { metricOf, pushedMetrics, queriesOf } from '../metrics.ts'

export default stackRule(
  {
    name: 'alarm-metric-emitted',
    description: 'Every alarm of ours looks at a metric that the agent pushes: one that nobody emits never fires.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura alarm-emitter'],
  },
  monitoring.Alarm,
  (stack, tell, { each }) => {
    const pushed = pushedMetrics(stack)
    each(monitoring.Alarm, (alarm) => {
      const { namespace } = alarm.props
      // Oracle's own services emit what begins so.
      if (namespace.startsWith('oci_')) return
      const metrics = pushed.filter((each) => each.namespace === namespace).flatMap((each) => each.metrics)
      for (const [at, query] of queriesOf(alarm.props)) {
        const metric = metricOf(query)
        if (metric === undefined || !metrics.includes(metric))
          tell(alarm, {
            at,
            is: query,
            write: `a metric that the agent's allowMetrics has for ${namespace}, or add it there`,
          })
      }
    })
  },
)
