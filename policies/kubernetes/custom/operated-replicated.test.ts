import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import { ENVOY_PROXY, POSTGRESQL, RABBITMQ } from '../operators.ts'
import rule from './operated-replicated.ts'

const database = (numberOfInstances?: unknown) => declared(POSTGRESQL, 'database', { spec: { numberOfInstances } })
const proxy = (kubernetes: object) => declared(ENVOY_PROXY, 'proxy', { spec: { provider: { kubernetes } } })

cases(rule, {
  passes: {
    'two instances': database(2),
    'three nodes': declared(RABBITMQ, 'queue', { spec: { replicas: 3 } }),
    'one on every node': proxy({ envoyDaemonSet: {} }),
    'two proxies that an autoscaler leaves': proxy({
      envoyDeployment: {},
      envoyHpa: { minReplicas: 2, maxReplicas: 5 },
    }),
    'two proxies': proxy({ envoyDeployment: { replicas: 2 } }),
  },
  breaks: {
    'one instance': [database(1), 'database: spec.numberOfInstances is 1; write 2 or more.'],
    'no number, which is one': [
      declared(RABBITMQ, 'queue', { spec: {} }),
      'queue: spec.replicas is 1; write 2 or more.',
    ],
    'no word at all': [
      declared(ENVOY_PROXY, 'proxy', {}),
      'proxy: spec.provider.kubernetes.envoyDeployment.replicas is 1; write 2 or more.',
    ],
    'one proxy that an autoscaler leaves': [
      proxy({ envoyDeployment: { replicas: 2 }, envoyHpa: { maxReplicas: 5 } }),
      'proxy: spec.provider.kubernetes.envoyHpa.minReplicas is 1; write 2 or more.',
    ],
    'a number that nobody knows yet': [
      database(UNKNOWN),
      'Could not be judged: database: spec.numberOfInstances is not known before the deployment.',
    ],
  },
})
cases(rule, {
  config: { least: 3 },
  passes: { 'as many as are asked for': database(3) },
  breaks: { 'fewer than are asked for': [database(2), 'database: spec.numberOfInstances is 2; write 3 or more.'] },
})
