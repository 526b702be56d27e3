import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { container, cronJob, deployment } from '../../../test/support/workloads.ts'
import rule from './container-liveness-probe.ts'

const ports = [{ containerPort: 8080 }]

cases(rule, {
  passes: {
    'a container with a probe': container({ ports, livenessProbe: { tcpSocket: { port: 8080 } } }),
    'a container that does not listen': container({}),
    'a job': cronJob({ containers: [{ ports }] }),
    'an init container that ends': deployment({ initContainers: [{ ports }] }),
    'an ephemeral container': deployment({ ephemeralContainers: [{ ports }] }),
  },
  breaks: {
    'a container without one': [
      container({ ports }),
      'web: spec.template.spec.containers[0].livenessProbe is not set; write a probe that fails only where a restart would help.',
    ],
    'another kind of probe': [container({ ports, readinessProbe: {}, startupProbe: {} }), /livenessProbe is not set/],
    'a sidecar': [deployment({ initContainers: [{ ports, restartPolicy: 'Always' }] }), /initContainers\[0\]/],
    'a probe that nobody knows yet': [container({ ports, livenessProbe: UNKNOWN }), /^Could not be judged: web/],
  },
})
