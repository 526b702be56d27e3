import { setting } from '../../rule/index.ts'
import { budgetRule, STORED } from '../cost.ts'

export default budgetRule(
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
  (amount, cost, { margin }) => {
    const least = Math.ceil(cost * (1 + margin / 100))
    return amount < least ? `${least} or more, or declare less` : undefined
  },
)
