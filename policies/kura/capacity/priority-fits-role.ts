import { PRIORITY } from '../../../infra/cluster/classes.ts'
import { namedPool } from '../../../tools/plan/model.ts'
import { stackRule } from '../../rule/index.ts'
import { cellsOf } from '../cells.ts'
import { PLACED, placementsOf } from '../placements.ts'

export default stackRule(
  {
    name: 'priority-fits-role',
    description:
      'Pods have the priority of their part: databases before what all institutions share, that before cells, jobs last.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura priority'],
  },
  PLACED,
  (stack, tell) => {
    const { data, edge, cell, batch } = PRIORITY
    const cells = cellsOf(stack).map(({ namespace }) => namespace)
    for (const placement of placementsOf(stack)) {
      const { resource, namespace = 'default', at, priority, job } = placement
      // Kubernetes' own classes are for what a node or the cluster cannot be without.
      if (priority === undefined || priority.startsWith('system-')) continue
      const pool = namedPool(placement)
      const fits = cells.includes(namespace)
        ? [job ? batch : cell]
        : pool !== undefined && pool !== 'web'
          ? [data]
          : job
            ? [batch, edge]
            : [edge]
      if (!fits.includes(priority))
        tell(resource, { at: `priority of ${at}`, is: priority, write: fits.map((name) => `"${name}"`).join(' or ') })
    }
  },
)
