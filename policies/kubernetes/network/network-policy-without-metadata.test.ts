import { networking } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './network-policy-without-metadata.ts'

const policy = (cidr: string, { except, ports }: { except?: string[]; ports?: object[] } = {}) =>
  declared(networking.v1.NetworkPolicy, 'policy', {
    spec: { podSelector: {}, egress: [{ to: [{ podSelector: {} }, { ipBlock: { cidr, except } }], ports }] },
  })
const told = (cidr: string) =>
  `policy: spec.egress[0].to[1].ipBlock is "${cidr}"; write except ["169.254.169.254/32"], or ports without 80.`

cases(rule, {
  passes: {
    'a range beside it': policy('10.0.0.0/8'),
    'everything but the address': policy('0.0.0.0/0', { except: ['10.0.0.0/8', '169.254.169.254/32'] }),
    'everything but its range': policy('0.0.0.0/0', { except: ['169.254.0.0/16'] }),
    'everything at another port': policy('0.0.0.0/0', { ports: [{ port: 443 }] }),
    'everything just above its port': policy('0.0.0.0/0', { ports: [{ port: 81, endPort: 90 }] }),
    'its port of another protocol': policy('0.0.0.0/0', { ports: [{ protocol: 'UDP', port: 80 }] }),
    'what is no range': [policy('0.0.0.0/'), policy('0.0.0.0/99'), policy('10.0.0.1'), policy('')],
    'everybody at other ports': declared(networking.v1.NetworkPolicy, 'policy', {
      spec: { podSelector: {}, egress: [{ ports: [{ protocol: 'UDP', port: 53 }, { port: 443 }] }] },
    }),
    'every address of the second kind': policy('::/0'),
    'what comes from there': declared(networking.v1.NetworkPolicy, 'policy', {
      spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] },
    }),
  },
  breaks: {
    everything: [policy('0.0.0.0/0'), told('0.0.0.0/0')],
    everybody: [
      declared(networking.v1.NetworkPolicy, 'policy', {
        spec: { podSelector: {}, egress: [{ to: [], ports: [{ port: 80 }] }] },
      }),
      'policy: spec.egress[0].to is not set; write whom, or ports without 80.',
    ],
    'the address without a length': [policy('169.254.169.254'), told('169.254.169.254')],
    'everything but something else': [policy('0.0.0.0/0', { except: ['10.0.0.0/8'] }), told('0.0.0.0/0')],
    'the address itself': [policy('169.254.169.254/32'), told('169.254.169.254/32')],
    'its port': [policy('0.0.0.0/0', { ports: [{ port: 443 }, { port: 80 }] }), told('0.0.0.0/0')],
    'ports that end with it': [policy('0.0.0.0/0', { ports: [{ port: 1, endPort: 80 }] }), told('0.0.0.0/0')],
    'a port by its name': [policy('0.0.0.0/0', { ports: [{ port: 'http' }] }), told('0.0.0.0/0')],
    'a range that nobody knows yet': [
      policy(UNKNOWN),
      'Could not be judged: policy: spec.egress.0.to.1.ipBlock.cidr is not known before the deployment.',
    ],
  },
})
