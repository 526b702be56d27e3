import { containerengine } from '@pulumi/oci'
import { planEdge } from '../../../tools/plan/edge.ts'
import { planLimits } from '../../../tools/plan/limits.ts'
import { readPools, readWorkloads } from '../../../tools/plan/model.ts'
import { planStorage } from '../../../tools/plan/storage.ts'
import { stackRule } from '../../rule/index.ts'
import { declaredBy } from '../plan.ts'

export default stackRule(
  {
    name: 'oracle-limits-kept',
    description: 'The stack needs no more of anything than Oracle allows where it raises no limit.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura oracle-limits'],
  },
  containerengine.Cluster,
  (stack, tell, { each }) => {
    const declared = declaredBy(stack)
    const pools = readPools(declared)
    const storage = planStorage(declared, {
      pools,
      workloads: readWorkloads(declared),
      institutions: [],
      usage: undefined,
    })
    const limits = planLimits(declared, { pools, storage, edge: planEdge(declared) })
    each(containerengine.Cluster, (cluster) => {
      for (const { service, what, needed, default: most, fixed, request } of limits)
        if (fixed && request)
          tell(cluster, { at: `${service}, ${what}`, is: needed, write: `${most} or fewer: Oracle allows no more` })
    })
  },
)
