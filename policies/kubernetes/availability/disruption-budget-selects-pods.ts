import { stackRule } from '../../rule/index.ts'
import { BUDGET, covers } from '../disruptions.ts'
import { namespaceOf } from '../objects.ts'
import { ELSEWHERE, hiding, podGroups } from '../pod-groups.ts'

export default stackRule(
  {
    name: 'disruption-budget-selects-pods',
    description: 'A disruption budget is for pods that there are.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Polaris missingPodDisruptionBudget'],
    settings: { elsewhere: ELSEWHERE },
  },
  BUDGET,
  (stack, tell, { each, settings }) => {
    const hidden = hiding(stack, settings.elsewhere)
    const groups = podGroups(stack)
    each(BUDGET, (budget) => {
      const namespace = namespaceOf(budget)
      if (!hidden.has(namespace) && !groups.some((group) => covers({ declared: budget, namespace }, group)))
        tell(budget, {
          at: 'spec.selector',
          is: budget.props.spec?.selector,
          write: `labels of pods in the namespace ${namespace}`,
        })
    })
  },
)
