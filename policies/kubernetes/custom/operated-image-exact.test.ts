import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import { ENVOY_PROXY, POSTGRESQL, RABBITMQ } from '../operators.ts'
import rule from './operated-image-exact.ts'

const queue = (spec: object) => declared(RABBITMQ, 'queue', { spec })
const database = (spec: object) => declared(POSTGRESQL, 'database', { spec })
const proxy = (container: object, kind = 'envoyDeployment') =>
  declared(ENVOY_PROXY, 'proxy', { spec: { provider: { kubernetes: { [kind]: { container } } } } })
const told = (at: string, is: string) => `${at} is ${is}; write an image with the tag of a version, or a digest.`
const PROXY = 'proxy: spec.provider.kubernetes'

cases(rule, {
  passes: {
    'a version of RabbitMQ': queue({ image: 'registry.example/rabbitmq:4.2.9' }),
    'a digest of Spilo': database({ dockerImage: `registry.example/spilo@sha256:${'a'.repeat(64)}` }),
    'a version of Envoy': proxy({ image: 'registry.example:5000/envoy:v1.39.3' }),
    'a sidecar with a version': database({ dockerImage: 'spilo:1', sidecars: [{ name: 'log', image: 'log:2' }] }),
    'what overrides the own container': queue({
      image: 'rabbitmq:4',
      override: { statefulSet: { spec: { template: { spec: { containers: [{ name: 'rabbitmq' }] } } } } },
    }),
  },
  breaks: {
    'no image': [queue({}), told('queue: spec.image', 'not set')],
    'no tag': [
      database({ dockerImage: 'registry.example:5000/spilo' }),
      told('database: spec.dockerImage', '"registry.example:5000/spilo"'),
    ],
    'the latest': [
      proxy({ image: 'envoy:latest' }),
      told(`${PROXY}.envoyDeployment.container.image`, '"envoy:latest"'),
    ],
    'the latest on every node': [
      proxy({ image: 'envoy:latest' }, 'envoyDaemonSet'),
      told(`${PROXY}.envoyDaemonSet.container.image`, '"envoy:latest"'),
    ],
    'the latest beside it': [
      database({ dockerImage: 'spilo:1', sidecars: [{ name: 'log', image: 'log' }] }),
      told('database: spec.sidecars[0].image', '"log"'),
    ],
    'the latest before it': [
      queue({
        image: 'rabbitmq:4',
        override: { statefulSet: { spec: { template: { spec: { initContainers: [{ image: 'setup:latest' }] } } } } },
      }),
      told('queue: spec.override.statefulSet.spec.template.spec.initContainers[0].image', '"setup:latest"'),
    ],
    'an image that nobody knows yet': [
      queue({ image: UNKNOWN }),
      'Could not be judged: queue: spec.image is not known before the deployment.',
    ],
  },
})
