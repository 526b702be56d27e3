import { containerengine } from '@pulumi/oci'
import { resourceRule, setting } from '../../rule/index.ts'
import { minorOf } from '../versions.ts'

export default resourceRule<typeof containerengine.Cluster | typeof containerengine.NodePool, { oldest: string }>(
  {
    name: 'cluster-version-supported',
    description: 'A cluster and its nodes run a version of Kubernetes that still gets fixes.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['OBP cluster'],
    settings: {
      // What OKE offered when 1.34 was its newest.
      oldest: setting('1.32', {
        type: 'string',
        pattern: '^1\\.\\d+$',
        description: 'The oldest minor version that OKE supports; raise it as versions come to their end.',
      }),
    },
  },
  [containerengine.Cluster, containerengine.NodePool],
  ({ kubernetesVersion: version }, tell, { settings: { oldest } }) => {
    // A pool that names none gets that of its cluster. What is no version is not newer than any.
    if (version && !(minorOf(version) >= minorOf(oldest)))
      tell({ at: 'kubernetesVersion', is: version, write: `${oldest} or newer` })
  },
)
