import { stackRule } from '../../rule/index.ts'
import { DIRECTIONS, isolations } from '../network-policies.ts'
import { eachGroup } from '../pod-groups.ts'
import { WORKLOADS } from '../pods.ts'
import { selects } from '../selector.ts'

export default stackRule(
  {
    name: 'pod-isolated',
    description: 'Network policies say of every pod what it reaches and who reaches it.',
    severity: 'high',
    level: 'mandatory',
    serves: ['C-0030', 'kube-score pod-networkpolicy', 'Polaris missingNetworkPolicy', 'CKV2_K8S_6'],
  },
  WORKLOADS,
  (stack, tell, { each }) => {
    const found = isolations(stack)
    eachGroup(stack, each, (group) => {
      if (group.hostNetwork) return
      for (const direction of DIRECTIONS)
        if (
          !found.some(
            (one) =>
              one.namespace === group.namespace && one.direction === direction && selects(one.pods, group.labels),
          )
        )
          tell(group, {
            lacks: `network policy for its pods' ${direction.toLowerCase()}`,
            write: `a NetworkPolicy of the namespace ${group.namespace} that selects them, with policyTypes ["${direction}"]`,
          })
    })
  },
)
