import { all, cellOf, changed } from '../../../test/support/cell.ts'
import { cases } from '../../../test/support/rule.ts'
import rule from './cell-complete.ts'

const cell = cellOf('nishi', { yukimi: ['yukimi.example'] })

cases(rule, {
  passes: { 'a cell with both': all(cell), 'a stack without cells': [] },
  breaks: {
    'no worker': [
      all(cell, { worker: undefined }),
      'kura-cell-nishi has no worker process; write a Deployment in kura-cell-nishi with the argument worker.',
    ],
    'a worker that does something else': [
      all(cell, {
        worker: changed(cell.worker, ({ spec }) => {
          spec.template.spec.containers[0].args = ['idle']
        }),
      }),
      /^kura-cell-nishi has no worker process/,
    ],
    'a web process that provisions nothing': [
      all(cell, {
        web: changed(cell.web, ({ spec }) => {
          spec.template.spec.initContainers.shift()
        }),
      }),
      'kura-cell-nishi-web has no provisioning; write a first init container with the argument provision.',
    ],
    'provisioning that comes too late': [
      all(cell, { web: changed(cell.web, ({ spec }) => spec.template.spec.initContainers.reverse()) }),
      /has no provisioning/,
    ],
  },
})
