import { planCost } from '../../tools/plan/cost.ts'
import { planEdge } from '../../tools/plan/edge.ts'
import { readCells } from '../../tools/plan/institutions.ts'
import { readPools, readWorkloads } from '../../tools/plan/model.ts'
import { planStorage } from '../../tools/plan/storage.ts'
import { type Stack, setting } from '../rule/index.ts'
import { declaredBy } from './plan.ts'

/** Setting of the rules about cost: institutions store less than they may. */
export const STORED = setting(100, {
  type: 'number',
  minimum: 0,
  maximum: 100,
  description: 'Percent of what institutions may store that is reckoned with.',
})

/** What a month of a stack costs by list prices, in US dollars. */
export function monthlyCost(stack: Stack, stored: number): number {
  const declared = declaredBy(stack)
  const pools = readPools(declared)
  const institutions = readCells(declared).flatMap((cell) => cell.institutions)
  const storage = planStorage(declared, { pools, workloads: readWorkloads(declared), institutions, usage: undefined })
  const { total } = planCost(declared, {
    pools,
    storage: { ...storage, limit: (storage.limit * stored) / 100 },
    edge: planEdge(declared),
    institutions: institutions.length,
  })
  return total
}
