import { networking } from '@pulumi/kubernetes'
import { stackRule } from '../../rule/index.ts'
import { backendsOf } from '../ingresses.ts'
import { namespaceOf } from '../objects.ts'
import { ELSEWHERE, hiding, servicesOf } from '../pod-groups.ts'

export default stackRule(
  {
    name: 'ingress-backend-exists',
    description: 'An Ingress leads to Services that there are, at ports that they have.',
    severity: 'high',
    level: 'mandatory',
    serves: ['kube-score ingress-targets-service'],
    settings: { elsewhere: ELSEWHERE },
  },
  networking.v1.Ingress,
  (stack, tell, { each, settings }) => {
    const hidden = hiding(stack, settings.elsewhere)
    const services = servicesOf(stack)
    each(networking.v1.Ingress, (ingress) => {
      const namespace = namespaceOf(ingress)
      for (const { at, name, port } of backendsOf(ingress.props)) {
        const service = services.find((one) => one.namespace === namespace && one.name === name)
        if (!service && !hidden.has(namespace))
          tell(ingress, { at: `${at}.name`, is: name, write: `a Service of the namespace ${namespace}` })
        const has = service?.ports?.some((one) =>
          port?.name === undefined ? one.port === port?.number : one.name === port.name,
        )
        if (has === false) tell(ingress, { at: `${at}.port`, is: port, write: `a port of the Service ${name}` })
      }
    })
  },
)
