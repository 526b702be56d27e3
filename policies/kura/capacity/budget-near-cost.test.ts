import { stackWith } from '../../../test/support/costs.ts'
import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './budget-near-cost.ts'

cases(rule, {
  passes: {
    'a budget of half as much again': stackWith(218),
    'one that is too small, of which another rule speaks': stackWith(1),
    'a stack that has none': stackWith(),
  },
  breaks: {
    'one that is more above': [
      stackWith(220),
      'budget: amount holds 220, and a month costs 146 by list prices; write 219 or less.',
    ],
    'an amount that nobody knows yet': [stackWith(UNKNOWN), /^Could not be judged: budget: amount/],
  },
})

cases(rule, {
  config: { most: 2 },
  passes: { 'a budget of twice as much': stackWith(290) },
  breaks: { 'one that is more': [stackWith(300), /write 29\d or less/] },
})
