import { apps } from '@pulumi/kubernetes'
import { stackRule } from '../../rule/index.ts'
import { searchOf } from '../search.ts'

export default stackRule(
  {
    name: 'search-shards-fit',
    description: 'Elasticsearch holds the shards of all institutions on its nodes with one of them gone.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura pool-capacity'],
  },
  apps.v1.StatefulSet,
  (stack, tell) => {
    const { plan, nodes } = searchOf(stack) ?? {}
    if (!(plan && nodes) || plan.perNodeShort <= plan.limit) return
    tell(nodes, {
      at: 'spec.replicas',
      holds: `${plan.nodes} nodes for ${plan.shards} shards: ${plan.perNodeShort} on each with one gone`,
      write: `${Math.ceil(plan.shards / plan.limit) + 1}: a node takes ${plan.limit}`,
    })
  },
)
