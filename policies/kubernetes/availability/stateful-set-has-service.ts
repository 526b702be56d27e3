import { apps, core } from '@pulumi/kubernetes'
import { stackRule } from '../../rule/index.ts'
import { namespaceOf, objectName } from '../objects.ts'
import { ELSEWHERE, hiding } from '../pod-groups.ts'

export default stackRule(
  {
    name: 'stateful-set-has-service',
    description: 'The Service by which pods of a StatefulSet get names of their own is there, and headless.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['kube-score statefulset-has-servicename'],
    settings: { elsewhere: ELSEWHERE },
  },
  apps.v1.StatefulSet,
  (stack, tell, { each, settings }) => {
    const hidden = hiding(stack, settings.elsewhere)
    const services = stack.of(core.v1.Service)
    each(apps.v1.StatefulSet, (set) => {
      const namespace = namespaceOf(set)
      const name = set.props.spec?.serviceName
      const service = services.find((one) => objectName(one) === name && namespaceOf(one) === namespace)
      if (!service && !hidden.has(namespace))
        tell(set, { at: 'spec.serviceName', is: name, write: `a headless Service of the namespace ${namespace}` })
      if (service && service.props.spec?.clusterIP !== 'None')
        tell(set, {
          at: 'spec.serviceName',
          is: name,
          write: 'a Service with clusterIP "None", which that one has not',
        })
    })
  },
)
