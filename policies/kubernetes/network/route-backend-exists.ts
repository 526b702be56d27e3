import { stackRule } from '../../rule/index.ts'
import { ROUTES } from '../gateways.ts'
import { namespaceOf } from '../objects.ts'
import { ELSEWHERE, hiding, servicesOf } from '../pod-groups.ts'

export default stackRule(
  {
    name: 'route-backend-exists',
    description: 'A route of a Gateway leads to Services that there are, at ports that they have.',
    severity: 'high',
    level: 'mandatory',
    serves: ['kube-score ingress-targets-service'],
    settings: { elsewhere: ELSEWHERE },
  },
  ROUTES,
  (stack, tell, { each, settings }) => {
    const hidden = hiding(stack, settings.elsewhere)
    const services = servicesOf(stack)
    each(ROUTES, (route) => {
      for (const [rule, { backendRefs = [] }] of (route.props.spec?.rules ?? []).entries())
        for (const [index, { kind = 'Service', name, namespace = namespaceOf(route), port }] of backendRefs.entries()) {
          if (kind !== 'Service') continue
          const at = `spec.rules[${rule}].backendRefs[${index}]`
          const service = services.find((one) => one.namespace === namespace && one.name === name)
          if (!service && !hidden.has(namespace))
            tell(route, { at: `${at}.name`, is: name, write: `a Service of the namespace ${namespace}` })
          if (service?.ports && !service.ports.some((one) => one.port === port))
            tell(route, { at: `${at}.port`, is: port, write: `a port of the Service ${name}` })
        }
    })
  },
)
