import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { container, deployment } from '../../../test/support/workloads.ts'
import rule from './container-ports-distinct.ts'

const listens = (containerPort: number | string, given: object = {}) => ({
  name: 'app',
  ports: [{ name: 'http', containerPort, ...given }],
})

cases(rule, {
  passes: {
    'containers without ports': container({}),
    'different ports': deployment({ containers: [listens(80), listens(81)] }),
    'different protocols': deployment({ containers: [listens(53), listens(53, { protocol: 'UDP' })] }),
    'init containers that end one after the other': deployment({
      initContainers: [listens(80), listens(80)],
      containers: [listens(80)],
    }),
    'a probe that names a port': container({ ...listens(80), livenessProbe: { httpGet: { port: 'http' } } }),
    'a probe with a number': container({
      livenessProbe: { httpGet: { port: 80 } },
      readinessProbe: { tcpSocket: { port: '80' } },
    }),
  },
  breaks: {
    'a port of two containers': [
      deployment({ containers: [listens(80), listens(80, { protocol: 'TCP' })] }),
      'web: spec.template.spec.containers[1].ports[0].containerPort is 80; write another than that of spec.template.spec.containers[0].ports[0].containerPort.',
    ],
    'a port twice in one container': [
      container({ ports: [{ containerPort: 80 }, { containerPort: 80 }] }),
      /containers\[0\].ports\[1\]/,
    ],
    'a port of a sidecar': [
      deployment({ initContainers: [{ ...listens(80), restartPolicy: 'Always' }], containers: [listens(80)] }),
      /containers\[0\].ports\[0\].containerPort is 80; write another than that of spec.template.spec.initContainers/,
    ],
    'a probe that names no port': [
      container({ ...listens(80), livenessProbe: { httpGet: { port: 'web' } } }),
      'web: spec.template.spec.containers[0].livenessProbe.httpGet.port is "web"; write the name of one of its own ports.',
    ],
    "a probe that names another container's port": [
      deployment({ containers: [listens(80), { readinessProbe: { tcpSocket: { port: 'http' } } }] }),
      /containers\[1\].readinessProbe.tcpSocket.port/,
    ],
    'a hook that names no port': [
      container({ lifecycle: { preStop: { httpGet: { port: 'admin' } } } }),
      /lifecycle.preStop.httpGet.port/,
    ],
    'a port that nobody knows yet': [container(listens(UNKNOWN)), /^Could not be judged: web/],
  },
})
