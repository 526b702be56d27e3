import { containerengine } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'
import { isExact } from '../versions.ts'

export default stackRule(
  {
    name: 'kubernetes-version-exact',
    description: 'Cluster and nodes have an exact version of Kubernetes, and nodes none that is newer.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura exact-versions'],
  },
  [containerengine.Cluster, containerengine.NodePool],
  (stack, tell, { each }) => {
    const clusters = new Map(stack.of(containerengine.Cluster).map(({ urn, props }) => [urn, props.kubernetesVersion]))
    each([containerengine.Cluster, containerengine.NodePool], (declared) => {
      const { kubernetesVersion: version } = declared.props
      if (!isExact(version))
        tell(declared, { at: 'kubernetesVersion', is: version, write: 'an exact one, such as "v1.34.1"' })
    })
    each(containerengine.NodePool, (pool) => {
      const { kubernetesVersion: version = '' } = pool.props
      for (const { urn, name } of stack.linked(pool, 'clusterId', containerengine.Cluster)) {
        const most = clusters.get(urn) ?? ''
        if (isExact(version) && isExact(most) && newer(version, most))
          tell(pool, { at: 'kubernetesVersion', is: version, write: `"${most}", that of ${name}, or an older one` })
      }
    })
  },
)

function newer(one: string, other: string): boolean {
  return one.localeCompare(other, 'en', { numeric: true }) > 0
}
