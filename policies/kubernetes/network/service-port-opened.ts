import { core } from '@pulumi/kubernetes'
import { stackRule } from '../../rule/index.ts'
import { namespaceOf } from '../objects.ts'
import { podGroups } from '../pod-groups.ts'
import { selects } from '../selector.ts'

export default stackRule(
  {
    name: 'service-port-opened',
    description: 'A Service leads to ports by names that its pods give to them.',
    severity: 'high',
    level: 'mandatory',
    serves: ['kube-score service-targets-pod'],
  },
  core.v1.Service,
  (stack, tell, { each }) => {
    const groups = podGroups(stack)
    each(core.v1.Service, (service) => {
      const namespace = namespaceOf(service)
      const { selector = {}, ports = [] } = service.props.spec ?? {}
      if (Object.keys(selector).length === 0) return
      const selected = groups.filter(
        (group) => group.namespace === namespace && selects({ matchLabels: selector }, group.labels),
      )
      for (const [index, { targetPort }] of ports.entries())
        for (const { name, ports: opened } of selected)
          if (typeof targetPort === 'string' && opened && !opened.includes(targetPort))
            tell(service, {
              at: `spec.ports[${index}].targetPort`,
              is: targetPort,
              write: `a number, or the name of a port of ${name}${opened.length ? `: ${opened.join(', ')}` : ''}`,
            })
    })
  },
)
