import { apps } from '@pulumi/kubernetes'
import { readCells } from '../../../tools/plan/institutions.ts'
import { namedPool, type PodSpec, readWorkloads } from '../../../tools/plan/model.ts'
import { MOST_HEAP, planSearch } from '../../../tools/plan/search.ts'
import { stackRule } from '../../rule/index.ts'
import { declaredBy } from '../plan.ts'

export default stackRule(
  {
    name: 'search-fits',
    description:
      'Elasticsearch has nodes for all shards with one of them gone, and no heap so large that it holds less.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura pool-capacity'],
  },
  apps.v1.StatefulSet,
  (stack, tell, { each }) => {
    const declared = declaredBy(stack)
    const institutions = readCells(declared).reduce((sum, cell) => sum + cell.institutions.length, 0)
    const plan = planSearch(declared, institutions, readWorkloads(declared))
    each(apps.v1.StatefulSet, (nodes) => {
      if (!plan || namedPool(nodes.props.spec?.template.spec as PodSpec) !== 'elasticsearch') return
      const { shards, perNodeShort, limit, heap } = plan
      if (perNodeShort > limit)
        tell(nodes, {
          at: 'spec.replicas',
          holds: `${plan.nodes} nodes for ${shards} shards: ${perNodeShort} on each with one gone`,
          write: `${Math.ceil(shards / limit) + 1}: a node takes ${limit}`,
        })
      if (heap > MOST_HEAP)
        tell(nodes, {
          at: 'the heap (-Xmx)',
          holds: `${heap} GiB, above which pointers need full length`,
          write: `${MOST_HEAP} GiB or less`,
        })
    })
  },
)
