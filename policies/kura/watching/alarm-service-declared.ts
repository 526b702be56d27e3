import { monitoring } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'
import { SERVICES } from '../services.ts'

export default stackRule(
  {
    name: 'alarm-service-declared',
    description: "Every alarm at a service of Oracle's is about resources that are declared.",
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura alarm-emitter'],
  },
  monitoring.Alarm,
  (stack, tell, { each }) => {
    each(monitoring.Alarm, (alarm) => {
      const { namespace } = alarm.props
      if (!namespace.startsWith('oci_')) return
      const emitters = SERVICES[namespace] ?? []
      if (!emitters.some((kind) => stack.of(kind).length > 0))
        tell(alarm, {
          at: 'namespace',
          is: namespace,
          write: 'that of a service which a declared resource emits to (known: policies/kura/services.ts)',
        })
    })
  },
)
