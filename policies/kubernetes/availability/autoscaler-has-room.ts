import { resourceRule } from '../../rule/index.ts'
import { AUTOSCALERS } from '../autoscalers.ts'

export default resourceRule(
  {
    name: 'autoscaler-has-room',
    description: 'An autoscaler has something to scale.',
    severity: 'low',
    level: 'mandatory',
    serves: ['Polaris hpaMaxAvailability'],
  },
  AUTOSCALERS,
  ({ spec }, tell) => {
    const { minReplicas = 1, maxReplicas = 1 } = spec ?? {}
    if (maxReplicas <= minReplicas)
      tell({ at: 'spec.maxReplicas', is: spec?.maxReplicas, write: `more than minReplicas, which is ${minReplicas}` })
  },
)
