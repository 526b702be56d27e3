import { core } from '@pulumi/oci'
import { describe } from 'vitest'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './only-public-ports-open.ts'

const open = (protocol: string, ports?: [number, number], source = '0.0.0.0/0') => {
  const range = ports && { destinationPortRange: { min: ports[0], max: ports[1] } }
  return declared(core.NetworkSecurityGroupSecurityRule, 'door', {
    direction: 'INGRESS',
    protocol,
    source,
    ...(range && { [protocol === '6' ? 'tcpOptions' : 'udpOptions']: range }),
  })
}

cases(rule, {
  passes: {
    HTTPS: open('6', [443, 443]),
    'HTTP by UDP': open('17', [443, 443]),
    ICMP: open('1'),
    'another port for a range of its own': open('6', [5432, 5432], '192.0.2.0/24'),
    'what goes out': declared(core.SecurityList, 'list', {
      egressSecurityRules: [{ protocol: 'all', destination: '0.0.0.0/0' }],
    }),
  },
  breaks: {
    'another port': [
      open('6', [5432, 5432]),
      'door: source is "0.0.0.0/0"; write the range of those who use port 5432, or let everybody reach 80, 443 alone.',
    ],
    'a range between public ports': [
      open('6', [80, 443], '::/0'),
      'door: source is "::/0"; write the range of those who use ports 80 to 443, or let everybody reach 80, 443 alone.',
    ],
    'every port': [open('17'), /use ports 1 to 65535,/],
    'every protocol': [open('all'), /use ports 1 to 65535,/],
    'a list': [
      declared(core.SecurityList, 'list', {
        ingressSecurityRules: [{ protocol: '6', source: '0.0.0.0/0', tcpOptions: { min: 8080, max: 8080 } }],
      }),
      /^list: ingressSecurityRules\[0\]\.source is "0\.0\.0\.0\/0"; write the range of those who use port 8080,/,
    ],
    'a source that nobody knows yet': [open('6', [22, 22], UNKNOWN), /^Could not be judged: door: source/],
  },
})

describe('with ports of its own', () => {
  cases(rule, {
    config: { ports: [2641, 2642] },
    passes: { 'those ports': open('17', [2641, 2642]) },
    breaks: { 'the usual ones': [open('6', [443, 443]), /let everybody reach 2641, 2642 alone\.$/] },
  })
})
