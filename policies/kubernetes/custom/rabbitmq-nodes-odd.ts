import { resourceRule } from '../../rule/index.ts'
import { RABBITMQ } from '../operators.ts'

export default resourceRule(
  {
    name: 'rabbitmq-nodes-odd',
    description: "A majority of RabbitMQ's nodes stays when one is away.",
    severity: 'medium',
    level: 'mandatory',
    serves: ['Practice quorum'],
  },
  RABBITMQ,
  ({ spec }, tell) => {
    const replicas = spec?.replicas ?? 1
    if (replicas < 3 || replicas % 2 === 0)
      tell({ at: 'spec.replicas', is: replicas, write: 'an odd number from 3 on' })
  },
)
