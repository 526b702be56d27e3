import { networking } from '@pulumi/kubernetes'
import { stackRule } from '../../rule/index.ts'
import { namespaceOf } from '../objects.ts'
import { ELSEWHERE, hiding, podGroups } from '../pod-groups.ts'
import { selects, selectsAll } from '../selector.ts'

export default stackRule(
  {
    name: 'network-policy-selects-pods',
    description: 'A network policy is for pods that there are.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['kube-score networkpolicy-targets-pod'],
    settings: { elsewhere: ELSEWHERE },
  },
  networking.v1.NetworkPolicy,
  (stack, tell, { each, settings }) => {
    const hidden = hiding(stack, settings.elsewhere)
    const groups = podGroups(stack)
    each(networking.v1.NetworkPolicy, (policy) => {
      const namespace = namespaceOf(policy)
      const selector = policy.props.spec?.podSelector ?? {}
      if (selectsAll(selector) || hidden.has(namespace)) return
      if (!groups.some((group) => group.namespace === namespace && selects(selector, group.labels)))
        tell(policy, { at: 'spec.podSelector', is: selector, write: `labels of pods in the namespace ${namespace}` })
    })
  },
)
