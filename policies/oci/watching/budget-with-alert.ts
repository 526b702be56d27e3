import { budget } from '@pulumi/oci'
import { tenancyRule } from '../tenancy.ts'

export default tenancyRule(
  {
    name: 'budget-with-alert',
    description: 'There is a budget, and somebody is told before it is spent.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['OBP budget'],
  },
  [budget.Budget, budget.Rule],
  (stack, tell) => {
    const alerted = stack
      .of(budget.Rule)
      .some((rule) => stack.linked(rule, 'budgetId', budget.Budget).length > 0 && Boolean(rule.props.recipients))
    if (!alerted)
      tell({ lacks: 'budget with an alert', write: 'a budget.Budget, and a budget.Rule of it with recipients' })
  },
)
