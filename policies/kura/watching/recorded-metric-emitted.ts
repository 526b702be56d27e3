import { core } from '@pulumi/kubernetes'
import { setting, stackRule } from '../../rule/index.ts'
import { recordedMetrics } from '../metrics.ts'
import { podsIn } from '../pods.ts'

const ALLOWLIST = '--metric-allowlist='

export default stackRule(
  {
    name: 'recorded-metric-emitted',
    description: 'Whatever rules of Prometheus read of the state of the cluster, kube-state-metrics emits.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura alarm-emitter'],
    settings: {
      prefix: setting('kube_', { type: 'string', description: 'What the metrics of kube-state-metrics begin with.' }),
    },
  },
  core.v1.ConfigMap,
  (stack, tell, { settings }) => {
    const args = podsIn(stack).flatMap(({ containers }) => containers.flatMap(({ container }) => container.args ?? []))
    const lists = args.filter((arg) => arg.startsWith(ALLOWLIST)).map((arg) => arg.slice(ALLOWLIST.length).split(','))
    const emitted = new Set(lists.flat())
    for (const { from, record, expr } of recordedMetrics(stack))
      for (const metric of new Set(expr.match(new RegExp(`\\b${settings.prefix}\\w+`, 'g')) ?? []))
        if (!emitted.has(metric))
          tell(from, {
            at: `the rule for ${record}`,
            holds: metric,
            write: `a metric of the ${ALLOWLIST.slice(0, -1)} of kube-state-metrics, or add it there`,
          })
  },
)
