import { POOL } from '../../../infra/cluster/placement.ts'
import { namedPool, readPools, tolerates, toleratesEvery } from '../../../tools/plan/model.ts'
import { stackRule } from '../../rule/index.ts'
import { PLACED, placementsOf } from '../placements.ts'
import { declaredBy } from '../plan.ts'

export default stackRule(
  {
    name: 'pods-on-their-pool',
    description: 'All pods name a node pool that is declared, and tolerate its taint.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura workload-pool'],
  },
  PLACED,
  (stack, tell) => {
    const pools = readPools(declaredBy(stack))
    const names = pools.map(({ name }) => name).join(', ')
    for (const placement of placementsOf(stack)) {
      const { resource, at, daemon, nodeSelector, tolerations } = placement
      const name = namedPool(placement)
      if (name === undefined) {
        if (!(daemon && toleratesEvery(placement)))
          tell(resource, { at: `${at}.nodeSelector`, is: nodeSelector, write: `"${POOL}" with one of ${names}` })
        continue
      }
      const pool = pools.find((one) => one.name === name)
      if (!pool) tell(resource, { at: `${at}, ${POOL}`, is: name, write: `a pool that is declared: ${names}` })
      else if (pool.dedicated && !tolerates(name, placement))
        tell(resource, {
          at: `${at}.tolerations`,
          is: tolerations,
          write: `{"key": "${POOL}", "operator": "Equal", "value": "${name}", "effect": "NoSchedule"}`,
        })
    }
  },
)
