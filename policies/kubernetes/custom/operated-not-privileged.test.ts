import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import { POSTGRESQL, RABBITMQ } from '../operators.ts'
import rule from './operated-not-privileged.ts'

const queue = (spec: object) =>
  declared(RABBITMQ, 'queue', { spec: { override: { statefulSet: { spec: { template: { spec } } } } } })
const AT = 'spec.override.statefulSet.spec.template.spec'

cases(rule, {
  passes: {
    'no container': queue({}),
    'a container without a word': queue({ containers: [{ name: 'rabbitmq' }] }),
    'a container that may nothing': queue({
      containers: [{ name: 'rabbitmq', securityContext: { privileged: false, allowPrivilegeEscalation: false } }],
    }),
  },
  breaks: {
    'a privileged container': [
      queue({ containers: [{ name: 'rabbitmq', securityContext: { privileged: true } }] }),
      `queue: ${AT}.containers[0].securityContext.privileged is true; write false.`,
    ],
    'an init container that gains rights': [
      queue({ initContainers: [{ name: 'setup', securityContext: { allowPrivilegeEscalation: true } }] }),
      `queue: ${AT}.initContainers[0].securityContext.allowPrivilegeEscalation is true; write false.`,
    ],
    'a privileged sidecar': [
      declared(POSTGRESQL, 'database', {
        spec: { sidecars: [{ name: 'log', securityContext: { privileged: true } }] },
      }),
      'database: spec.sidecars[0].securityContext.privileged is true; write false.',
    ],
    'a right that nobody knows yet': [
      queue({ containers: [{ securityContext: { privileged: UNKNOWN } }] }),
      `Could not be judged: queue: ${AT}.containers.0.securityContext.privileged is not known before the deployment.`,
    ],
  },
})
