import { containerengine, core } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'
import { isPrivate } from '../subnets.ts'

export default stackRule(
  {
    name: 'node-pool-in-private-subnet',
    description: 'Nodes and pods stand in private subnets: in a public one each of them gets a public address.',
    severity: 'high',
    level: 'mandatory',
    serves: ['OBP cluster', 'OBP network'],
  },
  [containerengine.NodePool, containerengine.VirtualNodePool],
  (stack, tell, { each }) =>
    each([containerengine.NodePool, containerengine.VirtualNodePool], (pool) => {
      for (const property of ['nodeConfigDetails', 'placementConfigurations', 'podConfiguration'])
        for (const subnet of stack.linked(pool, property, core.Subnet))
          if (!isPrivate(subnet.props))
            tell(pool, { at: property, holds: `the public subnet ${subnet.name}`, write: 'a private one' })
    }),
)
