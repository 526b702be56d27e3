import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import { POSTGRESQL, RABBITMQ } from '../operators.ts'
import rule from './operated-service-inside.ts'

const database = (spec: object) => declared(POSTGRESQL, 'database', { spec })
const queue = (type?: string) => declared(RABBITMQ, 'queue', { spec: { service: { type } } })

cases(rule, {
  passes: {
    'no word': database({}),
    'what is closed': database({ enableMasterLoadBalancer: false }),
    'a queue without a word': queue(),
    'a queue inside the cluster': queue('ClusterIP'),
    'a queue without a specification': declared(RABBITMQ, 'queue', {}),
  },
  breaks: {
    'a load balancer of the primary': [
      database({ enableMasterLoadBalancer: true }),
      'database: spec.enableMasterLoadBalancer is true; write false.',
    ],
    "a port at every node for the replicas' pooler": [
      database({ enableReplicaPoolerNodePort: true }),
      'database: spec.enableReplicaPoolerNodePort is true; write false.',
    ],
    'a load balancer of the queue': [
      queue('LoadBalancer'),
      'queue: spec.service.type is "LoadBalancer"; write "ClusterIP".',
    ],
    'a port of the queue at every node': [
      queue('NodePort'),
      'queue: spec.service.type is "NodePort"; write "ClusterIP".',
    ],
    'a type that nobody knows yet': [
      queue(UNKNOWN),
      'Could not be judged: queue: spec.service.type is not known before the deployment.',
    ],
  },
})
