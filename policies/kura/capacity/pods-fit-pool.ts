import { containerengine } from '@pulumi/oci'
import { readCells } from '../../../tools/plan/institutions.ts'
import { readPools, readWorkloads } from '../../../tools/plan/model.ts'
import { planPools } from '../../../tools/plan/pools.ts'
import { poolProblems } from '../../../tools/plan/problems.ts'
import { stackRule } from '../../rule/index.ts'
import { declaredBy } from '../plan.ts'

export default stackRule(
  {
    name: 'pods-fit-pool',
    description:
      'All pods of a pool find a place on its nodes: as declared, with everything rolling, with a node gone.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura pool-capacity'],
  },
  containerengine.NodePool,
  (stack, tell) => {
    const declared = declaredBy(stack)
    const cells = readCells(declared).map(({ name }) => name)
    const plans = planPools(readPools(declared), readWorkloads(declared), cells)
    const pools = stack.of(containerengine.NodePool)
    for (const [index, plan] of plans.entries())
      for (const problem of poolProblems({ pools: [plan] }))
        tell(pools[index] as (typeof pools)[number], {
          at: 'nodeConfigDetails.size',
          holds: `too few nodes (${problem})`,
          write: plan.enough === undefined ? 'larger nodes: a pod does not fit an empty one' : String(plan.enough),
        })
  },
)
