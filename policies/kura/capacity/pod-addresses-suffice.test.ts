import { core } from '@pulumi/oci'
import { nodePool } from '../../../test/support/declaration.ts'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './pod-addresses-suffice.ts'

const [pods, nodes] = (['10.0.0.0/24', '10.0.1.0/30'] as const).map((cidrBlock, index) =>
  declared(core.Subnet, index === 0 ? 'network-pods' : 'network-nodes', { cidrBlock }),
) as [never, never]
const pool = (name: string, size: number) => ({
  ...nodePool(name, size),
  propertyDependencies: { nodeConfigDetails: [pods, nodes].map(({ urn }) => urn as string) },
})

cases(rule, {
  passes: {
    // 253 addresses; a node takes 31, and there is one more while the pool is renewed.
    'nodes that take almost all': [pods, nodes, pool('web', 7)],
    'a stack without pools': [pods, nodes],
    'subnets that nobody has identifiers of yet': [
      pods,
      nodes,
      {
        ...pool('web', 7),
        inputs: nodePool('web', 7).inputs,
      },
    ],
  },
  breaks: {
    'a node more': [
      [pods, nodes, pool('web', 8)],
      'network-pods: cidrBlock holds 253 addresses, of which nodes hold 279 ready; write a larger range, or fewer nodes.',
    ],
    'pools that do together': [[pods, nodes, pool('web', 4), pool('data', 3)], /nodes hold 279 ready/],
    'a range that nobody knows yet': [
      [declared(core.Subnet, 'network-pods', { cidrBlock: UNKNOWN }), nodes, pool('web', 7)],
      /^Could not be judged: /,
    ],
  },
})
