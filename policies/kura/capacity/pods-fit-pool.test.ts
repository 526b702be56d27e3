import { changed } from '../../../test/support/cell.ts'
import { cellOf, nodePool, pods } from '../../../test/support/declaration.ts'
import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './pods-fit-pool.ts'

const SURGE = { strategy: { rollingUpdate: { maxSurge: 4 } } }

cases(rule, {
  passes: {
    'pods that fit with a node gone': [nodePool('web', 3), pods('app', { replicas: 4, cpu: '1800m' })],
    'as many databases as nodes, one of which may be away': [
      nodePool('data', 3),
      pods('database', { kind: 'StatefulSet', replicas: 3, pool: 'data', memory: '10Gi' }),
    ],
    'a stack without pools': cellOf('kita', 4, { aozora: 1 }),
  },
  breaks: {
    'pods that do not': [
      [nodePool('web', 2), pods('large', { replicas: 3, cpu: '2500m' })],
      'kura-part-web: nodeConfigDetails.size holds too few nodes (pool web, as declared: 1 of apps/large has no place; short of 1.185 vCPU for one pod on the emptiest node); write 4.',
    ],
    'pods that do not with a node gone': [
      [nodePool('web', 2), pods('two', { replicas: 2, memory: '10Gi' })],
      /one node gone \(1 of 2\): 1 of apps\/two has no place.*; write 3\.$/,
    ],
    'pods that do not while they roll': [
      [nodePool('web', 2), pods('app', { cpu: '1800m', spec: SURGE })],
      /everything rolling: 1 of apps\/app has no place.*; write 3\.$/,
    ],
    'a pod larger than a node': [
      [nodePool('web', 2), pods('large', { cpu: '5' })],
      /write larger nodes: a pod does not fit an empty one\.$/,
    ],
    'a request that nobody knows yet': [[nodePool('web', 2), pods('app', { cpu: UNKNOWN })], /^Could not be judged: /],
    'a size that nobody knows yet': [
      [
        changed(nodePool('web', 2), (inputs) => {
          inputs.nodeConfigDetails.size = UNKNOWN
        }),
      ],
      /^Could not be judged: /,
    ],
  },
})
