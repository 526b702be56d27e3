import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { container, deployment } from '../../../test/support/workloads.ts'
import rule from './container-probes-differ.ts'

const http = { httpGet: { path: '/healthz', port: 8080 } }
const probes = (livenessProbe?: object, readinessProbe?: object) => ({ livenessProbe, readinessProbe })

cases(rule, {
  passes: {
    'a container that is asked nothing': container({}),
    'a container that is asked one thing': container(probes(http)),
    'different paths': container(probes(http, { httpGet: { path: '/ready', port: 8080 } })),
    'different ports': container(probes(http, { httpGet: { path: '/healthz', port: 9090 } })),
    'different kinds of question': container(probes({ tcpSocket: { port: 8080 } }, http)),
    'different commands': container(probes({ exec: { command: ['a'] } }, { exec: { command: ['a', 'b'] } })),
    'one question with more patience before a restart': container(probes({ ...http, failureThreshold: 4 }, http)),
    'more patience by the period': container(probes({ ...http, periodSeconds: 11 }, http)),
  },
  breaks: {
    'one question': [
      container(probes(http, http)),
      "web: spec.template.spec.containers[0].livenessProbe holds the readiness probe's own question and no more patience; write another question, or a higher failureThreshold.",
    ],
    'one question in another order': [
      container(probes(http, { httpGet: { port: 8080, path: '/healthz' }, timeoutSeconds: 9 })),
      /containers\[0\]/,
    ],
    'one question with what Kubernetes takes anyway': [
      container(probes({ ...http, failureThreshold: 3 }, { ...http, periodSeconds: 10 })),
      /containers\[0\]/,
    ],
    'the usual path': [
      container(probes({ httpGet: { port: 1 } }, { httpGet: { port: 1, path: '/' } })),
      /livenessProbe/,
    ],
    'one port': [container(probes({ tcpSocket: { port: 1 } }, { tcpSocket: { port: 1 } })), /livenessProbe/],
    'one command': [container(probes({ exec: { command: ['a'] } }, { exec: { command: ['a'] } })), /livenessProbe/],
    'one call': [container(probes({ grpc: { port: 1 } }, { grpc: { port: 1 } })), /livenessProbe/],
    'less patience before a restart': [container(probes(http, { ...http, failureThreshold: 9 })), /livenessProbe/],
    'a sidecar': [
      deployment({ initContainers: [{ restartPolicy: 'Always', ...probes(http, http) }] }),
      /initContainers\[0\]/,
    ],
    'a port that nobody knows yet': [
      container(probes({ tcpSocket: { port: UNKNOWN } }, { tcpSocket: { port: 1 } })),
      /^Could not be judged: web/,
    ],
  },
})
