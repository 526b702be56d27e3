import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import { ENVOY_PROXY, POSTGRESQL, RABBITMQ } from '../operators.ts'
import rule from './operated-priority-class.ts'

const database = (podPriorityClassName?: string) => declared(POSTGRESQL, 'database', { spec: { podPriorityClassName } })
const queue = (spec: object) =>
  declared(RABBITMQ, 'queue', { spec: { override: { statefulSet: { spec: { template: { spec } } } } } })

cases(rule, {
  passes: {
    'a class of PostgreSQL': database('data'),
    'a class of RabbitMQ': queue({ priorityClassName: 'data' }),
    'a class of Envoy': declared(ENVOY_PROXY, 'proxy', {
      spec: {
        provider: { kubernetes: { envoyDeployment: { pod: { priorityClassName: 'system-cluster-critical' } } } },
      },
    }),
  },
  breaks: {
    'no class': [database(), 'database: spec.podPriorityClassName is not set; write the name of a PriorityClass.'],
    'an override without one': [
      queue({ containers: [] }),
      'queue: spec.override.statefulSet.spec.template.spec.priorityClassName is not set; write the name of a PriorityClass.',
    ],
    'no override': [
      declared(RABBITMQ, 'queue', { spec: {} }),
      'queue: spec.override.statefulSet.spec.template.spec.priorityClassName is not set; write the name of a PriorityClass.',
    ],
    'a class that nobody knows yet': [
      database(UNKNOWN),
      'Could not be judged: database: spec.podPriorityClassName is not known before the deployment.',
    ],
  },
})
