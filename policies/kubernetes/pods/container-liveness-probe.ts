import { listeningOf } from '../listening.ts'
import { podRule } from '../pods.ts'

export default podRule(
  {
    name: 'container-liveness-probe',
    description: 'Every container that listens is started again when it answers no more.',
    severity: 'low',
    level: 'advisory',
    serves: ['Polaris livenessProbeMissing', 'CKV_K8S_8'],
  },
  (pods, tell) => {
    for (const { container, at } of listeningOf(pods))
      if (!container.livenessProbe)
        tell({ at: `${at}.livenessProbe`, is: undefined, write: 'a probe that fails only where a restart would help' })
  },
)
