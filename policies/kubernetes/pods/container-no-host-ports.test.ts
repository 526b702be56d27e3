import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { container, deployment } from '../../../test/support/workloads.ts'
import rule from './container-no-host-ports.ts'

const listens = (hostPort?: number | string) => ({ name: 'app', ports: [{ containerPort: 8080, hostPort }] })

cases(rule, {
  passes: {
    'a container without ports': container({}),
    'a port of its own': container(listens()),
    'zero, which is none': container(listens(0)),
  },
  breaks: {
    'a port of the machine': [
      container(listens(8080)),
      'web: spec.template.spec.containers[0].ports[0].hostPort is 8080; write none, and a Service.',
    ],
    'the last port': [container(listens(65_535)), /65535/],
    'an init container that stays': [
      deployment({ initContainers: [{ ...listens(1), restartPolicy: 'Always' }] }),
      /initContainers\[0\].ports\[0\]/,
    ],
    'an ephemeral container': [deployment({ ephemeralContainers: [listens(1)] }), /ephemeralContainers\[0\]/],
    'a port that nobody knows yet': [container(listens(UNKNOWN)), /^Could not be judged: web: .*hostPort/],
  },
})
