import { containerengine } from '@pulumi/oci'
import { isSet, resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'cluster-secrets-encrypted',
    description: 'Secrets of Kubernetes are encrypted by a key of one’s own.',
    severity: 'high',
    level: 'mandatory',
    serves: ['C-0066', 'OBP cluster'],
  },
  containerengine.Cluster,
  (cluster, tell) => {
    if (!isSet(cluster, 'kmsKeyId'))
      tell({ at: 'kmsKeyId', is: undefined, write: 'the id of a Key: it cannot be added to a cluster later' })
  },
)
