import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import { ENVOY_PROXY, POSTGRESQL, RABBITMQ } from '../operators.ts'
import rule from './operated-requests-resources.ts'

const FULL = { requests: { cpu: '1', memory: '2Gi' }, limits: { memory: '2Gi' } }
const queue = (resources?: object) => declared(RABBITMQ, 'queue', { spec: { resources } })
const told = (at: string, is = 'not set') => `${at} is ${is}; write what the pods need when they are busy.`

cases(rule, {
  passes: {
    'what RabbitMQ needs': queue(FULL),
    'what PostgreSQL needs': declared(POSTGRESQL, 'database', { spec: { resources: FULL } }),
    'what Envoy needs': declared(ENVOY_PROXY, 'proxy', {
      spec: { provider: { kubernetes: { envoyDeployment: { container: { resources: FULL } } } } },
    }),
  },
  breaks: {
    nothing: [
      queue(),
      told('queue: spec.resources.requests.cpu'),
      told('queue: spec.resources.requests.memory'),
      told('queue: spec.resources.limits.memory'),
    ],
    'no limit': [queue({ requests: FULL.requests }), told('queue: spec.resources.limits.memory')],
    'no processor time': [
      queue({ ...FULL, requests: { cpu: '', memory: '2Gi' } }),
      told('queue: spec.resources.requests.cpu'),
    ],
    'a limit that nobody knows yet': [
      queue({ ...FULL, limits: { memory: UNKNOWN } }),
      'Could not be judged: queue: spec.resources.limits.memory is not known before the deployment.',
    ],
  },
})
