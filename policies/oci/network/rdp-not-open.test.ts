import { core } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './rdp-not-open.ts'

const inGroup = (inputs: Record<string, unknown>) =>
  declared(core.NetworkSecurityGroupSecurityRule, 'door', { direction: 'INGRESS', source: '0.0.0.0/0', ...inputs })
const tcp = (min: number, max: number) => ({ protocol: '6', tcpOptions: { destinationPortRange: { min, max } } })
const udp = (min: number, max: number) => ({ protocol: '17', udpOptions: { destinationPortRange: { min, max } } })
const open = /^door: source is "0\.0\.0\.0\/0"/

cases(rule, {
  passes: {
    'a range of its own': inGroup({ ...tcp(3389, 3389), source: '2001:db8::/32' }),
    'ports below': inGroup(tcp(1, 3388)),
    'ports above': inGroup(udp(3390, 65_535)),
    ICMP: inGroup({ protocol: '1' }),
    'a list for a range of its own': declared(core.SecurityList, 'list', {
      ingressSecurityRules: [{ protocol: 'all', source: '10.0.0.0/16' }],
    }),
  },
  breaks: {
    'everybody by TCP': [
      inGroup(tcp(3389, 3389)),
      'door: source is "0.0.0.0/0"; write the range of those who use port 3389, or use a bastion.',
    ],
    'everybody by UDP': [inGroup(udp(3389, 3389)), open],
    'a range that ends with it': [inGroup(tcp(3000, 3389)), open],
    'a range that begins with it': [inGroup(udp(3389, 4000)), open],
    'every protocol': [inGroup({ protocol: 'all' }), open],
    'a list': [
      declared(core.SecurityList, 'list', { ingressSecurityRules: [{ protocol: '17', source: '::/0' }] }),
      /^list: ingressSecurityRules\[0\]\.source is "::\/0"/,
    ],
    'a protocol that nobody knows yet': [
      inGroup({ protocol: UNKNOWN }),
      'Could not be judged: door: protocol is not known before the deployment.',
    ],
  },
})
