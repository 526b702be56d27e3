import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { cronJob, deployment } from '../../../test/support/workloads.ts'
import rule from './pod-priority-class.ts'

cases(rule, {
  passes: { 'pods of a class': deployment({ priorityClassName: 'shop' }) },
  breaks: {
    'pods that say nothing': [
      deployment({}),
      'web: spec.template.spec.priorityClassName is not set; write the name of a class.',
    ],
    'an empty name': [cronJob({ priorityClassName: '' }), /^nightly: .*priorityClassName is not set/],
    'a class that nobody knows yet': [deployment({ priorityClassName: UNKNOWN }), /^Could not be judged: web/],
  },
})
