import { isSet, resourceRule } from '../../rule/index.ts'
import { BUDGET } from '../disruptions.ts'

export default resourceRule(
  {
    name: 'disruption-budget-with-limit',
    description: 'A disruption budget says how many pods may be away.',
    severity: 'low',
    level: 'mandatory',
    serves: ['kube-score poddisruptionbudget-has-policy'],
  },
  BUDGET,
  ({ spec = {} }, tell) => {
    if (!isSet(spec, 'minAvailable') && !isSet(spec, 'maxUnavailable'))
      tell({ at: 'spec.maxUnavailable', is: undefined, write: 'how many pods may be away, such as 1' })
  },
)
