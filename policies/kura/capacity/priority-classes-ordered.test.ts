import { scheduling } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './priority-classes-ordered.ts'

const one = (name: string, value: unknown, preemptionPolicy = 'PreemptLowerPriority') =>
  declared(scheduling.v1.PriorityClass, name, { metadata: { name }, value, preemptionPolicy })
const classes = (cell: unknown) => [
  one('kura-data', 1000),
  one('kura-edge', 900),
  one('kura-cell', cell),
  one('kura-batch', 100, 'Never'),
]

cases(rule, {
  passes: {
    'classes in order': classes(500),
    'the closest that they may be': classes(899),
    'classes of somebody else': one('others', 2000),
  },
  breaks: {
    'cells that are as much as what they share': [
      classes(900),
      'kura-cell: value is 900; write less than that of kura-edge, 900.',
    ],
    'jobs that are as much as cells': [
      classes(100),
      'kura-batch: value is 100; write less than that of kura-cell, 100.',
    ],
    'jobs that drive others out': [
      one('kura-batch', 100),
      'kura-batch: preemptionPolicy is "PreemptLowerPriority"; write "Never".',
    ],
    'a value that nobody knows yet': [classes(UNKNOWN), /^Could not be judged: /],
  },
})
