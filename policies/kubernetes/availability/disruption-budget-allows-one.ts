import { stackRule } from '../../rule/index.ts'
import { fewestIn } from '../autoscalers.ts'
import { allowed, BUDGET, covers } from '../disruptions.ts'
import { namespaceOf } from '../objects.ts'
import { podGroups } from '../pod-groups.ts'

export default stackRule(
  {
    name: 'disruption-budget-allows-one',
    description: 'A disruption budget lets nodes be drained: at least one of its pods may be away.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Polaris pdbDisruptionsIsZero', 'Polaris pdbMinAvailableGreaterThanHPAMinReplicas'],
  },
  BUDGET,
  (stack, tell, { each }) => {
    const groups = podGroups(stack)
    const fewest = fewestIn(stack)
    each(BUDGET, (budget) => {
      const namespace = namespaceOf(budget)
      const { minAvailable, maxUnavailable } = budget.props.spec ?? {}
      const at = maxUnavailable === undefined ? 'spec.minAvailable' : 'spec.maxUnavailable'
      for (const group of groups.filter((one) => covers({ declared: budget, namespace }, one))) {
        const replicas = fewest(group)
        if (replicas !== undefined && allowed({ minAvailable, maxUnavailable }, replicas) === 0)
          tell(budget, {
            at,
            is: maxUnavailable ?? minAvailable,
            write: `maxUnavailable 1: ${group.name} has ${replicas} pod${replicas === 1 ? '' : 's'}, and none may be away`,
          })
      }
    })
  },
)
