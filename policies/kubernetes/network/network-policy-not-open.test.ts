import { networking } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './network-policy-not-open.ts'

const policy = (spec: object) => declared(networking.v1.NetworkPolicy, 'policy', { spec: { podSelector: {}, ...spec } })
const told = (at: string, word: string, everybody = 'every address') =>
  `policy: ${at} holds ${everybody} at every port; write ${word} whom, or ports.`
const EVERYWHERE = { ipBlock: { cidr: '0.0.0.0/0' } }

cases(rule, {
  passes: {
    'a policy that denies all': policy({ policyTypes: ['Ingress', 'Egress'] }),
    'empty lists, which deny as well': policy({ ingress: [], egress: [] }),
    'everybody at one port': policy({ ingress: [{ ports: [{ port: 8080 }] }] }),
    'the internet at one port': policy({ egress: [{ to: [EVERYWHERE], ports: [{ protocol: 'TCP', port: 443 }] }] }),
    'every port of a network': policy({ egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] }),
    'every port of some pods': policy({ egress: [{ to: [{ podSelector: {} }] }] }),
  },
  breaks: {
    'an empty rule for what comes in': [policy({ ingress: [{}] }), told('spec.ingress[0]', 'from')],
    'an empty rule for what goes out': [
      policy({ egress: [{ ports: [{ port: 53 }] }, {}] }),
      told('spec.egress[1]', 'to'),
    ],
    'the whole internet': [policy({ egress: [{ to: [EVERYWHERE] }] }), told('spec.egress[0]', 'to', '0.0.0.0/0')],
    'the whole internet but some': [
      policy({ egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '172.16.0.0/12'] } }] }] }),
      told('spec.egress[0]', 'to', '0.0.0.0/0 without 10.0.0.0/8, 172.16.0.0/12'),
    ],
    'the whole internet by its halves': [
      policy({ egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/1' } }, { ipBlock: { cidr: '128.0.0.0/1' } }] }] }),
      told('spec.egress[0]', 'to', '0.0.0.0/1'),
    ],
    'the whole internet of the second kind': [
      policy({ egress: [{ to: [{ ipBlock: { cidr: '::/0' } }] }] }),
      told('spec.egress[0]', 'to', '::/0'),
    ],
    'every port of a protocol': [
      policy({ ingress: [{ from: [EVERYWHERE], ports: [{ protocol: 'TCP' }] }] }),
      told('spec.ingress[0]', 'from', '0.0.0.0/0'),
    ],
    'peers that nobody knows yet': [
      policy({ ingress: [{ from: UNKNOWN }] }),
      'Could not be judged: policy: spec.ingress.0.from is not known before the deployment.',
    ],
  },
})
