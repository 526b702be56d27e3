import { budget } from '@pulumi/oci'
import { setting, stackRule } from '../../rule/index.ts'
import { monthlyCost, STORED } from '../cost.ts'

export default stackRule(
  {
    name: 'cost-within-budget',
    description: 'A month of what is declared costs less than the budget, with a margin.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura cost-budget'],
    settings: {
      margin: setting(20, { type: 'number', minimum: 0, description: 'Percent above the cost that the budget has.' }),
      stored: STORED,
    },
  },
  budget.Budget,
  (stack, tell, { each, settings: { margin, stored } }) => {
    const cost = stack.of(budget.Budget).length > 0 ? monthlyCost(stack, stored) : 0
    const least = Math.ceil(cost * (1 + margin / 100))
    each(budget.Budget, (declared) => {
      if (declared.props.amount < least)
        tell(declared, {
          at: 'amount',
          holds: `${declared.props.amount}, and a month costs ${Math.ceil(cost)} by list prices`,
          write: `${least} or more, or declare less`,
        })
    })
  },
)
