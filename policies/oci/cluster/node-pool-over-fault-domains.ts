import { containerengine } from '@pulumi/oci'
import { resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'node-pool-over-fault-domains',
    description: 'Nodes of a pool are spread over fault domains: the hardware of one of them fails some day.',
    severity: 'low',
    level: 'advisory',
    serves: ['OBP cluster'],
  },
  containerengine.NodePool,
  ({ nodeConfigDetails }, tell) => {
    const [first, second] = nodeConfigDetails?.placementConfigs ?? []
    // Where none is named, OKE takes all; a second placement is another availability domain.
    if (first?.faultDomains?.length === 1 && !second)
      tell({
        at: 'nodeConfigDetails.placementConfigs[0].faultDomains',
        is: first.faultDomains,
        write: 'several, or leave it out for all',
      })
  },
)
