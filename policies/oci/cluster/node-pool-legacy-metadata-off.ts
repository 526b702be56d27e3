import { containerengine } from '@pulumi/oci'
import { resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'node-pool-legacy-metadata-off',
    description: 'Nodes answer pods for their metadata and credentials by version 2 of the service alone.',
    severity: 'high',
    level: 'mandatory',
    serves: ['CIS 3.1', 'CKV_OCI_5'],
  },
  containerengine.NodePool,
  ({ nodeMetadata }, tell) => {
    const is = nodeMetadata?.areLegacyImdsEndpointsDisabled
    if (is?.toLowerCase() !== 'true') tell({ at: 'nodeMetadata.areLegacyImdsEndpointsDisabled', is, write: '"true"' })
  },
)
