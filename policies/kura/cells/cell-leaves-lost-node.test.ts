import { all, cellOf, changed } from '../../../test/support/cell.ts'
import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './cell-leaves-lost-node.ts'

const cell = cellOf('nishi', { yukimi: ['yukimi.example'] })
const web = (by: (tolerations: { tolerationSeconds?: unknown }[]) => void) =>
  all(cell, { web: changed(cell.web, ({ spec }) => by(spec.template.spec.tolerations)) })

cases(rule, {
  passes: {
    'pods that leave after 30 seconds': all(cell),
    'pods that leave at once': web((tolerations) => {
      for (const one of tolerations) one.tolerationSeconds = 0
    }),
  },
  breaks: {
    'a second more': [
      web(([first]) => {
        if (first) first.tolerationSeconds = 31
      }),
      'kura-cell-nishi-web: tolerationSeconds of node.kubernetes.io/not-ready in spec.template.spec.tolerations is 31; write 30 or fewer.',
    ],
    "Kubernetes' own five minutes": [
      web((tolerations) => tolerations.splice(0)),
      /not-ready .* is not set/,
      /unreachable/,
    ],
    'a toleration for ever': [
      web(([, second]) => {
        delete second?.tolerationSeconds
      }),
      /unreachable in .* is not set; write 30 or fewer/,
    ],
    'a time that nobody knows yet': [
      web(([first]) => {
        if (first) first.tolerationSeconds = UNKNOWN
      }),
      /^Could not be judged: /,
    ],
  },
})
