import { isSet, resourceRule } from '../../rule/index.ts'
import { RABBITMQ } from '../operators.ts'

export default resourceRule(
  {
    name: 'rabbitmq-with-tls',
    description: 'Clients of RabbitMQ come by TLS, and by nothing else.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Practice encrypted-connections'],
  },
  RABBITMQ,
  ({ spec }, tell) => {
    const { tls } = spec ?? {}
    if (!isSet(tls, 'secretName'))
      tell({ at: 'spec.tls.secretName', is: undefined, write: 'the name of a Secret with its certificate' })
    if (tls?.disableNonTLSListeners !== true)
      tell({ at: 'spec.tls.disableNonTLSListeners', is: tls?.disableNonTLSListeners, write: 'true' })
  },
)
