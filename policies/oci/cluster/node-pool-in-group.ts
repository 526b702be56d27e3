import { containerengine } from '@pulumi/oci'
import { isSet, resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'node-pool-in-group',
    description: 'Nodes, and pods with addresses of the network, are in security groups that say who reaches them.',
    severity: 'medium',
    level: 'advisory',
    serves: ['OBP network'],
  },
  containerengine.NodePool,
  ({ nodeConfigDetails }, tell) => {
    const write = 'the id of a NetworkSecurityGroup'
    if (!isSet(nodeConfigDetails, 'nsgIds')) tell({ at: 'nodeConfigDetails.nsgIds', is: undefined, write })
    const pods = nodeConfigDetails?.nodePoolPodNetworkOptionDetails
    if (pods?.cniType === 'OCI_VCN_IP_NATIVE' && !isSet(pods, 'podNsgIds'))
      tell({ at: 'nodeConfigDetails.nodePoolPodNetworkOptionDetails.podNsgIds', is: undefined, write })
  },
)
