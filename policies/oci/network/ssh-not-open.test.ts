import { core } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './ssh-not-open.ts'

const inGroup = (inputs: Record<string, unknown> = {}) =>
  declared(core.NetworkSecurityGroupSecurityRule, 'door', {
    direction: 'INGRESS',
    protocol: '6',
    source: '0.0.0.0/0',
    sourceType: 'CIDR_BLOCK',
    tcpOptions: { destinationPortRange: { min: 22, max: 22 } },
    ...inputs,
  })
const inList = (...rules: Record<string, unknown>[]) =>
  declared(core.SecurityList, 'list', { ingressSecurityRules: rules })
const range = (min: number, max: number) => ({ tcpOptions: { destinationPortRange: { min, max } } })
const open = /^door: source is "0\.0\.0\.0\/0"; write /

cases(rule, {
  passes: {
    'a range of its own': inGroup({ source: '192.0.2.0/24' }),
    'the whole network': inGroup({ source: '10.0.0.0/8' }),
    'another security group': inGroup({ source: UNKNOWN, sourceType: 'NETWORK_SECURITY_GROUP' }),
    'what goes out': inGroup({ direction: 'EGRESS', source: undefined, destination: '0.0.0.0/0' }),
    'ports below': inGroup(range(1, 21)),
    'ports above': inGroup(range(23, 65_535)),
    UDP: inGroup({ protocol: '17', udpOptions: { destinationPortRange: { min: 22, max: 22 } } }),
    ICMP: inGroup({ protocol: '1', tcpOptions: undefined }),
    'ICMP of IPv6': inGroup({ protocol: '58', source: '::/0', tcpOptions: undefined }),
    'a source that nobody knows yet of another port': inGroup({ source: UNKNOWN, ...range(443, 443) }),
    'a list without rules': inList(),
    'a list that says nothing of what comes in': declared(core.SecurityList, 'list'),
    'a list for everybody with another port': inList({
      protocol: '6',
      source: '0.0.0.0/0',
      tcpOptions: { min: 443, max: 443 },
    }),
  },
  breaks: {
    everybody: [
      inGroup(),
      'door: source is "0.0.0.0/0"; write the range of those who sign in to port 22, or use a bastion.',
    ],
    'everybody by IPv6': [inGroup({ source: '::/0' }), /source is "::\/0"/],
    'half of everybody': [inGroup({ source: '128.0.0.0/1' }), /source is "128\.0\.0\.0\/1"/],
    'a source that is left out': [inGroup({ source: undefined, sourceType: undefined }), /source is not set/],
    'a range that ends with it': [inGroup(range(20, 22)), open],
    'a range that begins with it': [inGroup(range(22, 30)), open],
    'a range around it': [inGroup(range(1, 65_535)), open],
    'every port': [inGroup({ tcpOptions: undefined }), open],
    'a range of the other end alone': [inGroup({ tcpOptions: { sourcePortRange: { min: 443, max: 443 } } }), open],
    'every protocol': [inGroup({ protocol: 'all', tcpOptions: undefined }), open],
    'a direction in small letters': [inGroup({ direction: 'ingress' }), open],
    'the second rule of a list': [
      inList(
        { protocol: '1', source: '0.0.0.0/0' },
        { protocol: '6', source: '0.0.0.0/0', tcpOptions: { min: 20, max: 25 } },
      ),
      /^list: ingressSecurityRules\[1\]\.source is "0\.0\.0\.0\/0"/,
    ],
    'a default list': [
      declared(core.DefaultSecurityList, 'list', { ingressSecurityRules: [{ protocol: 'all', source: '::/0' }] }),
      /^list: ingressSecurityRules\[0\]\.source is "::\/0"/,
    ],
    'a source that nobody knows yet': [
      inGroup({ source: UNKNOWN }),
      'Could not be judged: door: source is not known before the deployment.',
    ],
  },
})
