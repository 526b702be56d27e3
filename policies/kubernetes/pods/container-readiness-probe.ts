import { listeningOf } from '../listening.ts'
import { podRule } from '../pods.ts'

export default podRule(
  {
    name: 'container-readiness-probe',
    description: 'Every container that listens is asked whether it is ready before anyone is sent to it.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['kube-score pod-probes', 'Polaris readinessProbeMissing', 'CKV_K8S_9'],
  },
  (pods, tell) => {
    for (const { container, at } of listeningOf(pods))
      if (!container.readinessProbe)
        tell({ at: `${at}.readinessProbe`, is: undefined, write: 'a probe that fails until it can answer' })
  },
)
