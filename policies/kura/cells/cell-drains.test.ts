import { all, cellOf, changed } from '../../../test/support/cell.ts'
import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './cell-drains.ts'

const cell = cellOf('nishi', { yukimi: ['yukimi.example'] })
const web = (by: (pod: { [key: string]: unknown }) => void) =>
  all(cell, { web: changed(cell.web, ({ spec }) => by(spec.template.spec)) })

cases(rule, {
  passes: {
    'a pod with time enough': all(cell),
    'one with just enough': web((pod) => {
      pod.terminationGracePeriodSeconds = 5 + 25 + 25
    }),
    'a worker that waits for nobody': all(cell, {
      worker: changed(cell.worker, ({ spec }) => {
        spec.template.spec.terminationGracePeriodSeconds = 25
      }),
    }),
  },
  breaks: {
    'a second too few': [
      web((pod) => {
        pod.terminationGracePeriodSeconds = 54
      }),
      'kura-cell-nishi-web: spec.template.spec.terminationGracePeriodSeconds is 54; write 55 or more.',
    ],
    "Kubernetes' own 30 seconds": [
      web((pod) => {
        delete pod.terminationGracePeriodSeconds
      }),
      /is 30; write 55 or more/,
    ],
    'an application that ends before nginx': [
      web((pod) => {
        delete (pod.initContainers as { restartPolicy?: string }[])[1]?.restartPolicy
      }),
      'kura-cell-nishi-web has no application that ends after nginx; write it among the initContainers with restartPolicy "Always".',
    ],
    'nginx that goes while it is still asked': [
      web((pod) => {
        delete (pod.containers as { lifecycle?: object }[])[0]?.lifecycle
      }),
      'kura-cell-nishi-web has no time to be taken off the gateway; write lifecycle.preStop.sleep of nginx.',
    ],
    'a time that nobody knows yet': [
      web((pod) => {
        pod.terminationGracePeriodSeconds = UNKNOWN
      }),
      /^Could not be judged: /,
    ],
  },
})

cases(rule, {
  config: { application: 31 },
  passes: {},
  breaks: { 'an application that takes longer': [all(cell), /is 60; write 61 or more/] },
})
