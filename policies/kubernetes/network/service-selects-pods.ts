import { core } from '@pulumi/kubernetes'
import { stackRule } from '../../rule/index.ts'
import { namespaceOf } from '../objects.ts'
import { ELSEWHERE, hiding, podGroups } from '../pod-groups.ts'
import { selects } from '../selector.ts'

export default stackRule(
  {
    name: 'service-selects-pods',
    description: 'A Service leads to pods that there are.',
    severity: 'high',
    level: 'mandatory',
    serves: ['kube-score service-targets-pod'],
    settings: { elsewhere: ELSEWHERE },
  },
  core.v1.Service,
  (stack, tell, { each, settings }) => {
    const hidden = hiding(stack, settings.elsewhere)
    const groups = podGroups(stack)
    each(core.v1.Service, (service) => {
      const namespace = namespaceOf(service)
      const { selector = {}, type } = service.props.spec ?? {}
      // Without a selector, somebody else says where it leads.
      if (Object.keys(selector).length === 0 || type === 'ExternalName' || hidden.has(namespace)) return
      if (!groups.some((group) => group.namespace === namespace && selects({ matchLabels: selector }, group.labels)))
        tell(service, { at: 'spec.selector', is: selector, write: `labels of pods in the namespace ${namespace}` })
    })
  },
)
