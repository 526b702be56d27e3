import { containerengine } from '@pulumi/oci'
import { resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'node-pool-encrypted-in-transit',
    description: 'What goes between nodes and their volumes is encrypted.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['CKV2_OCI_5', 'CIS 3.3'],
  },
  containerengine.NodePool,
  ({ nodeConfigDetails, nodeShape }, tell) => {
    // Bare metal has no paravirtualised volumes.
    if (nodeShape.startsWith('BM.')) return
    const is = nodeConfigDetails?.isPvEncryptionInTransitEnabled
    if (is !== true) tell({ at: 'nodeConfigDetails.isPvEncryptionInTransitEnabled', is, write: 'true' })
  },
)
