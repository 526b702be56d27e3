import { budget, cloudguard } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './budget-with-alert.ts'

const guard = declared(cloudguard.CloudGuardConfiguration, 'guard', {})
const monthly = declared(budget.Budget, 'monthly', {})
const alert = (recipients?: string) =>
  declared(budget.Rule, 'alert', { recipients }, { linked: { budgetId: [monthly] } })
const lacking = 'stack has no budget with an alert; write a budget.Budget, and a budget.Rule of it with recipients.'

cases(rule, {
  passes: {
    'a budget with an alert': [guard, monthly, alert('operators@library.example')],
    'a stack that does not own the tenancy': monthly,
  },
  breaks: {
    'no budget': [guard, lacking],
    'a budget without an alert': [[guard, monthly], lacking],
    'an alert that reaches nobody': [[guard, monthly, alert('')], lacking],
  },
})
