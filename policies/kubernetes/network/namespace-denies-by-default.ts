import { core } from '@pulumi/kubernetes'
import { stackRule } from '../../rule/index.ts'
import { DIRECTIONS, isolations } from '../network-policies.ts'
import { objectName } from '../objects.ts'

export default stackRule(
  {
    name: 'namespace-denies-by-default',
    description: 'In every namespace, pods reach nothing and are reached by nobody unless a policy says so.',
    severity: 'high',
    level: 'mandatory',
    serves: ['C-0054', 'C-0030', 'Polaris missingNetworkPolicy', 'CKV2_K8S_6'],
  },
  core.v1.Namespace,
  (stack, tell, { each }) => {
    const denied = isolations(stack).filter(({ all }) => all)
    each(core.v1.Namespace, (namespace) => {
      const name = objectName(namespace)
      for (const direction of DIRECTIONS)
        if (!denied.some((one) => one.namespace === name && one.direction === direction))
          tell(namespace, {
            lacks: `policy that denies ${direction.toLowerCase()} to all of its pods`,
            write: `a NetworkPolicy with podSelector {} and policyTypes ["${direction}"]`,
          })
    })
  },
)
