import { setting } from '../../rule/index.ts'
import { budgetRule, STORED } from '../cost.ts'

export default budgetRule(
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
  (amount, cost, { most }) => {
    const highest = Math.ceil(cost * most)
    return amount > highest ? `${highest} or less` : undefined
  },
)
