import { apps } from '@pulumi/kubernetes'
import { stackRule } from '../../rule/index.ts'
import { fewestIn } from '../autoscalers.ts'
import { budgetsOf, covers } from '../disruptions.ts'
import { RABBITMQ } from '../operators.ts'
import { eachGroup } from '../pod-groups.ts'

export default stackRule(
  {
    name: 'workload-with-disruption-budget',
    description: 'What has several pods keeps enough of them while nodes are drained.',
    severity: 'medium',
    level: 'mandatory',
    serves: [
      'kube-score deployment-has-poddisruptionbudget',
      'kube-score statefulset-has-poddisruptionbudget',
      'Polaris missingPodDisruptionBudget',
    ],
  },
  [apps.v1.Deployment, apps.v1.StatefulSet, RABBITMQ],
  (stack, tell, { each }) => {
    const budgets = budgetsOf(stack)
    const fewest = fewestIn(stack)
    eachGroup(stack, each, (group) => {
      const replicas = fewest(group) ?? 0
      if (replicas > 1 && !group.budgeted && !budgets.some((budget) => covers(budget, group)))
        tell(group, {
          lacks: `disruption budget for its ${replicas} pods`,
          write: 'a PodDisruptionBudget that selects them, with maxUnavailable 1',
        })
    })
  },
)
