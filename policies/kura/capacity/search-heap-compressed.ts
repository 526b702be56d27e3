import { apps } from '@pulumi/kubernetes'
import { MOST_HEAP } from '../../../tools/plan/search.ts'
import { stackRule } from '../../rule/index.ts'
import { searchOf } from '../search.ts'

export default stackRule(
  {
    name: 'search-heap-compressed',
    description: "Elasticsearch's heap is small enough for short pointers: a larger one holds less.",
    severity: 'low',
    level: 'mandatory',
    serves: ['Kura pool-capacity'],
  },
  apps.v1.StatefulSet,
  (stack, tell) => {
    const { plan, nodes } = searchOf(stack) ?? {}
    if (plan && nodes && plan.heap > MOST_HEAP)
      tell(nodes, { at: 'the heap (-Xmx)', holds: `${plan.heap} GiB`, write: `${MOST_HEAP} GiB or less` })
  },
)
