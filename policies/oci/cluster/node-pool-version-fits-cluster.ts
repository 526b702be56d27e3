import { containerengine } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'
import { minorOf } from '../versions.ts'

/** How many minor versions nodes may be behind. */
const BEHIND = 3

export default stackRule(
  {
    name: 'node-pool-version-fits-cluster',
    description: 'Nodes are never newer than the control plane of their cluster, and at most three versions older.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['OBP cluster'],
  },
  containerengine.NodePool,
  (stack, tell, { each }) =>
    each(containerengine.NodePool, (pool) => {
      const { kubernetesVersion: is } = pool.props
      if (!is) return
      for (const { props } of stack.linked(pool, 'clusterId', containerengine.Cluster)) {
        const behind = minorOf(props.kubernetesVersion) - minorOf(is)
        // What is no version fits nothing.
        if (!(behind >= 0 && behind <= BEHIND))
          tell(pool, {
            at: 'kubernetesVersion',
            is,
            write: `${props.kubernetesVersion}, that of its cluster, or one to ${BEHIND} versions before`,
          })
      }
    }),
)
