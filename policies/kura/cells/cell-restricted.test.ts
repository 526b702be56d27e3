import { core } from '@pulumi/kubernetes'
import { all, cellOf, changed } from '../../../test/support/cell.ts'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './cell-restricted.ts'

const cell = cellOf('nishi', { yukimi: ['yukimi.example'] })
const LABEL = 'pod-security.kubernetes.io/enforce'
const labelled = (level: string | undefined) =>
  all(cell, {
    namespace: changed(cell.namespace, ({ metadata }) => {
      metadata.labels = { [LABEL]: level }
    }),
  })

cases(rule, {
  passes: {
    'a restricted cell': all(cell),
    'another namespace that is not': [
      ...all(cell),
      declared(core.v1.Namespace, 'jobs', { metadata: { name: 'jobs', labels: { [LABEL]: 'privileged' } } }),
    ],
  },
  breaks: {
    baseline: [
      labelled('baseline'),
      'kura-cell-nishi-namespace: metadata.labels["pod-security.kubernetes.io/enforce"] is "baseline"; write "restricted".',
    ],
    'no level': [labelled(undefined), /is not set; write "restricted"/],
    'a level that nobody knows yet': [labelled(UNKNOWN), /^Could not be judged: kura-cell-nishi-namespace/],
  },
})
