import { resourceRule, setting } from '../../rule/index.ts'
import { AUTOSCALERS } from '../autoscalers.ts'

export default resourceRule(
  {
    name: 'autoscaler-leaves-several',
    description: 'An autoscaler leaves enough pods that one may be away.',
    severity: 'low',
    level: 'advisory',
    serves: ['kube-score horizontalpodautoscaler-replicas', 'Polaris hpaMinAvailability'],
    settings: { least: setting(2, { type: 'integer', minimum: 1, description: 'How few pods are enough.' }) },
  },
  AUTOSCALERS,
  ({ spec }, tell, { settings: { least } }) => {
    const minReplicas = spec?.minReplicas ?? 1
    if (minReplicas < least) tell({ at: 'spec.minReplicas', is: spec?.minReplicas, write: `${least} or more` })
  },
)
