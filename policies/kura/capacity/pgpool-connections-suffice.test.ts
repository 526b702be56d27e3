import { databases } from '../../../test/support/connections.ts'
import { cellOf, pods } from '../../../test/support/declaration.ts'
import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './pgpool-connections-suffice.ts'

// Two that serve, two that come and two that drain, of eight connections each, and a worker that does not roll.
const cell = [
  cellOf('kita', 8, { aozora: 1 }),
  pods('web', { namespace: 'kura-cell-kita', replicas: 3, spec: { strategy: { rollingUpdate: { maxSurge: 2 } } } }),
  pods('worker', { namespace: 'kura-cell-kita' }),
]

cases(rule, {
  passes: {
    'as many connections as one pod takes': [...databases({ children: 65 }), ...cell],
    'one pod that nobody replaces': [...databases({ children: 65, pods: 1 }), ...cell],
    'a stack without pgpool-II': cell,
  },
  breaks: {
    'one that is too small': [
      [...databases({ children: 64 }), ...cell],
      'pgpool-configuration: num_init_children of data["pgpool.conf"] holds 1 too few for 64 connections of cells; write 1 more, or fewer connections of each process (kura.json).',
    ],
    'one alone that is': [[...databases({ children: 60, pods: 1 }), ...cell], /holds 5 too few .* write 5 more/],
    'three that are': [[...databases({ children: 30, pods: 3 }), ...cell], /holds 6 too few .* write 3 more/],
    'a configuration that nobody knows yet': [
      [...databases({}), ...cell].map((resource) =>
        resource.name === 'pgpool-configuration'
          ? { ...resource, outputs: { ...resource.inputs, data: UNKNOWN } }
          : resource,
      ),
      /^Could not be judged: /,
    ],
  },
})
