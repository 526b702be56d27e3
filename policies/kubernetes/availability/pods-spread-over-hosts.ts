import { apps } from '@pulumi/kubernetes'
import { stackRule } from '../../rule/index.ts'
import { fewestIn } from '../autoscalers.ts'
import { eachGroup } from '../pod-groups.ts'
import { HOST, spreadOver } from '../spread.ts'

export default stackRule(
  {
    name: 'pods-spread-over-hosts',
    description: 'A lost host does not take all pods of what has several.',
    severity: 'medium',
    level: 'mandatory',
    serves: [
      'kube-score deployment-has-host-podantiaffinity',
      'kube-score statefulset-has-host-podantiaffinity',
      'kube-score pod-topology-spread-constraints',
      'Polaris topologySpreadConstraint',
    ],
  },
  [apps.v1.Deployment, apps.v1.StatefulSet],
  (stack, tell, { each }) => {
    const fewest = fewestIn(stack)
    eachGroup(stack, each, (group) => {
      const { spec, labels } = group
      if (spec && (fewest(group) ?? 0) > 1 && !spreadOver(spec, labels).includes(HOST))
        tell(group, {
          lacks: 'spread of its pods over hosts',
          write: `a topologySpreadConstraint with topologyKey "${HOST}" and its pods' own labels`,
        })
    })
  },
)
