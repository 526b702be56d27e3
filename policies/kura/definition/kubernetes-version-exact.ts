import { containerengine } from '@pulumi/oci'
import { resourceRule } from '../../rule/index.ts'
import { isExact } from '../versions.ts'

export default resourceRule(
  {
    name: 'kubernetes-version-exact',
    description: 'Cluster and nodes have an exact version of Kubernetes.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura exact-versions'],
  },
  [containerengine.Cluster, containerengine.NodePool],
  ({ kubernetesVersion }, tell) => {
    if (!isExact(kubernetesVersion))
      tell({ at: 'kubernetesVersion', is: kubernetesVersion, write: 'an exact one, such as "v1.34.1"' })
  },
)
