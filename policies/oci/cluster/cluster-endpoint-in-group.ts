import { containerengine } from '@pulumi/oci'
import { isSet, resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'cluster-endpoint-in-group',
    description: 'The API of a cluster is in a security group that says who reaches it.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['CKV2_OCI_3', 'OBP endpoint'],
  },
  containerengine.Cluster,
  ({ endpointConfig }, tell) => {
    if (!isSet(endpointConfig, 'nsgIds'))
      tell({ at: 'endpointConfig.nsgIds', is: undefined, write: 'the id of a NetworkSecurityGroup' })
  },
)
