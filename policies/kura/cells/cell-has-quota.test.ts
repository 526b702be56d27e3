import { all, cellOf, changed } from '../../../test/support/cell.ts'
import { cases } from '../../../test/support/rule.ts'
import rule from './cell-has-quota.ts'

const cell = cellOf('nishi', { yukimi: ['yukimi.example'] })
const quota = (by: (hard: Record<string, string>) => void) =>
  all(cell, { quota: changed(cell.quota, ({ spec }) => by(spec.hard)) })

cases(rule, {
  passes: { 'a cell with a quota': all(cell), 'a stack without cells': [] },
  breaks: {
    'no quota': [
      all(cell, { quota: undefined }),
      'kura-cell-nishi has no quota of pods, requests.cpu, requests.memory, limits.cpu, limits.memory; write spec.hard of a ResourceQuota.',
    ],
    'a quota of another namespace': [
      all(cell, {
        quota: changed(cell.quota, ({ metadata }) => {
          metadata.namespace = 'kura-cell'
        }),
      }),
      /^kura-cell-nishi has no quota of pods/,
    ],
    'one without memory': [
      quota((hard) => {
        delete hard['limits.memory']
      }),
      'kura-cell-nishi-quota has no quota of limits.memory; write spec.hard of a ResourceQuota.',
    ],
    'a load balancer of its own': [
      quota((hard) => {
        hard['services.loadbalancers'] = '1'
      }),
      'kura-cell-nishi-quota: spec.hard["services.loadbalancers"] is "1"; write "0".',
    ],
    'any number of node ports': [
      quota((hard) => {
        delete hard['services.nodeports']
      }),
      'kura-cell-nishi-quota: spec.hard["services.nodeports"] is not set; write "0".',
    ],
  },
})
