import { containerengine } from '@pulumi/oci'
import { resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'cluster-endpoint-private',
    description: 'The API of a cluster stands in a network of one’s own and has no public address.',
    severity: 'high',
    level: 'mandatory',
    serves: ['OBP endpoint'],
  },
  containerengine.Cluster,
  ({ endpointConfig }, tell) => {
    // Without a place in a network it is the old, public one.
    if (!endpointConfig)
      tell({ at: 'endpointConfig', is: undefined, write: 'one with the subnetId of a private subnet' })
    else if (endpointConfig.isPublicIpEnabled)
      tell({ at: 'endpointConfig.isPublicIpEnabled', is: true, write: 'false' })
  },
)
