import { stackWith } from '../../../test/support/costs.ts'
import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './cost-within-budget.ts'

cases(rule, {
  passes: {
    'a budget a fifth above': stackWith(175),
    'a stack that has none': stackWith(),
  },
  breaks: {
    'one that is less above': [
      stackWith(174),
      'budget: amount holds 174, and a month costs 146 by list prices; write 175 or more, or declare less.',
    ],
    'an amount that nobody knows yet': [stackWith(UNKNOWN), /^Could not be judged: budget: amount/],
  },
})

cases(rule, {
  config: { margin: 0 },
  passes: { 'a budget of just that': stackWith(146) },
  breaks: { 'one that is less': [stackWith(145), /write 146 or more/] },
})

cases(rule, {
  config: { stored: 1 },
  passes: { 'what institutions store, where they may store a hundred times as much': stackWith(175, 1000) },
  breaks: { 'one that is too small even so': [stackWith(174, 1000), /write 175 or more/] },
})
