import { apps } from '@pulumi/kubernetes'
import { setting, stackRule } from '../../rule/index.ts'
import { fewestIn } from '../autoscalers.ts'
import { eachGroup } from '../pod-groups.ts'
import { spreadOver, ZONES } from '../spread.ts'

export default stackRule(
  {
    name: 'pods-spread-over-zones',
    description: 'A lost zone or fault domain does not take all pods of what has several.',
    severity: 'low',
    level: 'advisory',
    serves: ['Polaris topologySpreadConstraint', 'kube-score pod-topology-spread-constraints'],
    settings: {
      keys: setting(ZONES, {
        type: 'array',
        items: { type: 'string' },
        description: 'Labels of nodes that say in which zone or fault domain they are; one of them is enough.',
      }),
    },
  },
  [apps.v1.Deployment, apps.v1.StatefulSet],
  (stack, tell, { each, settings }) => {
    const fewest = fewestIn(stack)
    eachGroup(stack, each, (group) => {
      const { spec, labels } = group
      if (!spec || (fewest(group) ?? 0) < 2) return
      if (!spreadOver(spec, labels).some((key) => settings.keys.includes(key)))
        tell(group, {
          lacks: 'spread of its pods over zones',
          write: `a topologySpreadConstraint with topologyKey "${settings.keys[0]}" and its pods' own labels`,
        })
    })
  },
)
