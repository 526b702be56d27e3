import { budget } from '@pulumi/oci'
import { planCost } from '../../tools/plan/cost.ts'
import { planEdge } from '../../tools/plan/edge.ts'
import { readCells } from '../../tools/plan/institutions.ts'
import { readPools, readWorkloads } from '../../tools/plan/model.ts'
import { planStorage } from '../../tools/plan/storage.ts'
import { type About, type Rule, type Stack, setting, stackRule } from '../rule/index.ts'
import { declaredBy } from './plan.ts'

/** Setting of the rules about cost: institutions store less than they may. */
export const STORED = setting(100, {
  type: 'number',
  minimum: 0,
  maximum: 100,
  description: 'Percent of what institutions may store that is reckoned with.',
})

/** A rule about the amount of a budget beside what a month costs: `judge` says what to write where it does not fit. */
export function budgetRule<Settings extends { stored: number }>(
  about: About<Settings>,
  judge: (amount: number, cost: number, settings: Settings) => string | undefined,
): Rule {
  return stackRule(about, budget.Budget, (stack, tell, { each, settings }) => {
    const cost = stack.of(budget.Budget).length > 0 ? monthlyCost(stack, settings.stored) : 0
    each(budget.Budget, (declared) => {
      const { amount } = declared.props
      const write = judge(amount, cost, settings)
      if (write !== undefined)
        tell(declared, {
          at: 'amount',
          holds: `${amount}, and a month costs ${Math.ceil(cost)} by list prices`,
          write,
        })
    })
  })
}

/** What a month of a stack costs by list prices, in US dollars. */
function monthlyCost(stack: Stack, stored: number): number {
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
