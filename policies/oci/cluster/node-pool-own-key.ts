import { containerengine } from '@pulumi/oci'
import { isSet, resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'node-pool-own-key',
    description: 'Boot volumes of nodes are encrypted by a key of one’s own.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['CIS 5.2.2'],
  },
  containerengine.NodePool,
  ({ nodeConfigDetails }, tell) => {
    if (!isSet(nodeConfigDetails, 'kmsKeyId'))
      tell({ at: 'nodeConfigDetails.kmsKeyId', is: undefined, write: 'the id of a Key' })
  },
)
