import { autoscaling } from '@pulumi/kubernetes'
import { all, cellOf, changed } from '../../../test/support/cell.ts'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './cell-fits-quota.ts'

const cell = cellOf('nishi', { yukimi: ['yukimi.example'] })
const hard = (key: string, value: string) =>
  all(cell, {
    quota: changed(cell.quota, ({ spec }) => {
      spec.hard[key] = value
    }),
  })
const autoscaler = declared(autoscaling.v2.HorizontalPodAutoscaler, 'autoscaler', {
  metadata: { namespace: 'kura-cell-nishi' },
  spec: { maxReplicas: 2, scaleTargetRef: { kind: 'Deployment', name: 'worker' } },
})

cases(rule, {
  passes: {
    'pods that just fit while they roll': all(cell),
    'a larger quota, in other units': hard('requests.memory', '5Gi'),
    'a quota that does not speak of memory': all(cell, {
      quota: changed(cell.quota, ({ spec }) => {
        delete spec.hard['limits.memory']
      }),
    }),
    'a cell without one, of which another rule speaks': all(cell, { quota: undefined }),
  },
  breaks: {
    'a pod too few': [hard('pods', '5'), 'kura-cell-nishi-quota: spec.hard["pods"] is "5"; write "6".'],
    'too little of a processor': [
      hard('requests.cpu', '4499m'),
      'kura-cell-nishi-quota: spec.hard["requests.cpu"] is "4499m"; write "4500m".',
    ],
    'too small limits': [
      hard('limits.cpu', '8'),
      'kura-cell-nishi-quota: spec.hard["limits.cpu"] is "8"; write "9000m".',
    ],
    'too little memory': [
      hard('limits.memory', '4Gi'),
      'kura-cell-nishi-quota: spec.hard["limits.memory"] is "4Gi"; write "4608Mi".',
    ],
    'pods that come by load': [
      [...all(cell), autoscaler],
      /"pods"\] is "6"; write "7"/,
      /requests.cpu/,
      /requests.memory/,
      /limits.cpu/,
      /limits.memory/,
    ],
    'a quota that nobody knows yet': [hard('pods', UNKNOWN), /^Could not be judged: /],
  },
})
