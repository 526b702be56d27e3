import { containerengine } from '@pulumi/oci'
import { resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'cluster-enhanced',
    description:
      'A cluster is an enhanced one: pods have identities of their own there, and its API a promised availability.',
    severity: 'low',
    level: 'advisory',
    serves: ['OBP cluster'],
  },
  containerengine.Cluster,
  ({ type }, tell) => {
    if (type?.toUpperCase() !== 'ENHANCED_CLUSTER') tell({ at: 'type', is: type, write: '"ENHANCED_CLUSTER"' })
  },
)
