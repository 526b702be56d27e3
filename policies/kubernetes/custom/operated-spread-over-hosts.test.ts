import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import { ENVOY_PROXY, POSTGRESQL, RABBITMQ } from '../operators.ts'
import rule from './operated-spread-over-hosts.ts'

const database = (topologySpreadConstraints?: unknown, numberOfInstances = 2) =>
  declared(POSTGRESQL, 'database', { spec: { numberOfInstances, topologySpreadConstraints } })
const over = (topologyKey: string) => [{ topologyKey, maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' }]
const told = (name: string, at: string) =>
  `${name} has no spread of its pods over hosts; write a constraint with topologyKey "kubernetes.io/hostname" in ${at}.`

cases(rule, {
  passes: {
    'a spread of PostgreSQL': database(over('kubernetes.io/hostname')),
    'a single instance': database(undefined, 1),
    'nodes that keep away from each other': declared(RABBITMQ, 'queue', {
      spec: {
        replicas: 3,
        affinity: {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname' }],
          },
        },
      },
    }),
    'proxies on every node': declared(ENVOY_PROXY, 'proxy', {
      spec: { provider: { kubernetes: { envoyDaemonSet: {} } } },
    }),
  },
  breaks: {
    'no spread': [database(), told('database', 'spec.topologySpreadConstraints')],
    'a spread over zones alone': [
      database(over('topology.kubernetes.io/zone')),
      told('database', 'spec.topologySpreadConstraints'),
    ],
    'nodes of RabbitMQ': [
      declared(RABBITMQ, 'queue', { spec: { replicas: 3 } }),
      told('queue', 'spec.override.statefulSet.spec.template.spec.topologySpreadConstraints'),
    ],
    'a spread that nobody knows yet': [
      database(UNKNOWN),
      'Could not be judged: database: spec.topologySpreadConstraints is not known before the deployment.',
    ],
  },
})
