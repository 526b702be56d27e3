import { changed } from '../../../test/support/cell.ts'
import { cellOf, made, nodePool, pods } from '../../../test/support/declaration.ts'
import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './search-fits.ts'

const nodes = pods('search', { kind: 'StatefulSet', pool: 'elasticsearch', replicas: 3, memory: '8Gi' })
const heap = (options: string) =>
  made('kubernetes:core/v1:ConfigMap', 'options', {
    metadata: { name: 'options', namespace: 'apps' },
    data: { 'jvm.options': options, 'authority.crt': UNKNOWN },
  })
const institutions = (count: number) =>
  cellOf('kita', 4, Object.fromEntries(Array.from({ length: count }, (_, index) => [`i${index}`, 1])))
const pool = nodePool('elasticsearch', 3)

cases(rule, {
  passes: {
    // A primary and a copy of each, and of one that is made again.
    'as many shards as two nodes take': [pool, nodes, institutions(999)],
    'the largest heap with short pointers': [pool, nodes, institutions(1), heap('-Xms31g\n-Xmx31g\n')],
    'a stack without Elasticsearch': [nodePool('web', 3), pods('web')],
  },
  breaks: {
    'an institution more': [
      [pool, nodes, institutions(1000)],
      'kura-part-apps-search: spec.replicas holds 3 nodes for 2002 shards: 1001 on each with one gone; write 4: a node takes 1000.',
    ],
    'a heap above that': [
      [pool, nodes, institutions(1), heap('-Xmx32768m')],
      'kura-part-apps-search: the heap (-Xmx) holds 32 GiB, above which pointers need full length; write 31 GiB or less.',
    ],
    'a number of nodes that nobody knows yet': [
      [
        pool,
        institutions(1),
        changed(nodes, ({ spec }) => {
          spec.replicas = UNKNOWN
        }),
      ],
      /^Could not be judged: /,
    ],
  },
})
