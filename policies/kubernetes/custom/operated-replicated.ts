import { setting } from '../../rule/index.ts'
import { operatorRule } from '../operators.ts'

export default operatorRule(
  {
    name: 'operated-replicated',
    description: 'A custom resource asks for several pods, so that one may be away.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Polaris deploymentMissingReplicas'],
    settings: { least: setting(2, { type: 'integer', minimum: 1, description: 'How few pods are enough.' }) },
  },
  (pods, tell, { least }) => {
    const at = pods.at('replicas')
    // On every node there is one anyway.
    if (!at) return
    const replicas = pods.get('replicas') ?? 1
    if (replicas < least) tell({ at, is: replicas, write: `${least} or more` })
  },
)
