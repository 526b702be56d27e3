import { core } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './egress-names-ports.ts'

const out = (inputs: Record<string, unknown>) =>
  declared(core.NetworkSecurityGroupSecurityRule, 'way-out', {
    direction: 'EGRESS',
    destination: '0.0.0.0/0',
    destinationType: 'CIDR_BLOCK',
    ...inputs,
  })

cases(rule, {
  passes: {
    'a port': out({ protocol: '6', tcpOptions: { destinationPortRange: { min: 443, max: 443 } } }),
    'all but one port': out({ protocol: '6', tcpOptions: { destinationPortRange: { min: 2, max: 65_535 } } }),
    ICMP: out({ protocol: '1' }),
    'everything to the network': out({ protocol: 'all', destination: '10.0.0.0/16' }),
    'everything to services of Oracle': out({
      protocol: 'all',
      destination: UNKNOWN,
      destinationType: 'SERVICE_CIDR_BLOCK',
    }),
    'what comes in': out({ protocol: 'all', direction: 'INGRESS', source: '0.0.0.0/0' }),
  },
  breaks: {
    'every protocol': [
      out({ protocol: 'all' }),
      'way-out: destination is "0.0.0.0/0"; write the range that is used, or the protocol and its ports.',
    ],
    'every port by IPv6': [out({ protocol: '17', destination: '::/0' }), /^way-out: destination is "::\/0"/],
    'a default list': [
      declared(core.DefaultSecurityList, 'list', {
        egressSecurityRules: [{ protocol: 'all', destination: '0.0.0.0/0' }],
      }),
      /^list: egressSecurityRules\[0\]\.destination is "0\.0\.0\.0\/0"/,
    ],
    'a destination that nobody knows yet': [
      out({ protocol: 'all', destination: UNKNOWN }),
      'Could not be judged: way-out: destination is not known before the deployment.',
    ],
  },
})
