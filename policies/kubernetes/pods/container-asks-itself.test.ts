import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import { container, deployment } from '../../../test/support/workloads.ts'
import rule from './container-asks-itself.ts'

const get = (host?: string) => ({ httpGet: { path: '/', port: 80, host } })
const connect = (host?: string) => ({ tcpSocket: { port: 80, host } })

cases(rule, {
  passes: {
    'a container that is asked nothing': container({}),
    'probes and hooks without a host': container({
      livenessProbe: get(),
      readinessProbe: connect(),
      startupProbe: { exec: { command: ['true'] } },
      lifecycle: { preStop: get(''), postStart: { sleep: { seconds: 1 } } },
    }),
  },
  breaks: {
    'a probe that asks another machine': [
      container({ livenessProbe: get('169.254.169.254') }),
      'web: spec.template.spec.containers[0].livenessProbe.httpGet.host is "169.254.169.254"; write no host.',
    ],
    "the machine's own address, which is no less its": [container({ readinessProbe: connect('127.0.0.1') }), /127/],
    'a probe at the start': [container({ startupProbe: connect('db') }), /startupProbe.tcpSocket.host is "db"/],
    hooks: [
      container({ lifecycle: { postStart: get('one'), preStop: connect('two') } }),
      /lifecycle.postStart.httpGet.host is "one"/,
      /lifecycle.preStop.tcpSocket.host is "two"/,
    ],
    'an init container that stays': [
      deployment({ initContainers: [{ restartPolicy: 'Always', livenessProbe: get('x') }] }),
      /initContainers\[0\].livenessProbe/,
    ],
    'a host that nobody knows yet': [container({ livenessProbe: get(UNKNOWN) }), /^Could not be judged: web/],
  },
})
