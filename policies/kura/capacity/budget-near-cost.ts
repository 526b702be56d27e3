import { budget } from '@pulumi/oci'
import { setting, stackRule } from '../../rule/index.ts'
import { monthlyCost, STORED } from '../cost.ts'

export default stackRule(
  {
    name: 'budget-near-cost',
    description: 'The budget is near enough to what a month costs that it warns somebody.',
    severity: 'low',
    level: 'advisory',
    serves: ['Kura cost-budget'],
    settings: {
      most: setting(1.5, { type: 'number', minimum: 1, description: 'Times the cost that the budget has at most.' }),
      stored: STORED,
    },
  },
  budget.Budget,
  (stack, tell, { each, settings: { most, stored } }) => {
    const cost = stack.of(budget.Budget).length > 0 ? monthlyCost(stack, stored) : 0
    const highest = Math.ceil(cost * most)
    each(budget.Budget, (declared) => {
      if (declared.props.amount > highest)
        tell(declared, {
          at: 'amount',
          holds: `${declared.props.amount}, and a month costs ${Math.ceil(cost)} by list prices`,
          write: `${highest} or less`,
        })
    })
  },
)
