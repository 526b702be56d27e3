import { networking } from '@pulumi/kubernetes'
import { all, cellOf } from '../../../test/support/cell.ts'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './cell-traffic-named.ts'

const cell = all(cellOf('nishi', { yukimi: ['yukimi.example'] }))
const policy = (spec: object, namespace = 'kura-cell-nishi') => [
  ...cell,
  declared(networking.v1.NetworkPolicy, 'policy', { metadata: { namespace }, spec }),
]
const named = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } })
const ports = [{ protocol: 'TCP', port: 8080 }]
const from = (...peers: object[]) => policy({ ingress: [{ from: peers, ports }] })
const to = (...peers: object[]) => policy({ egress: [{ to: peers, ports }] })
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16']
const internet = (except?: string[]) => ({ ipBlock: { cidr: '0.0.0.0/0', except } })

cases(rule, {
  passes: {
    'a policy that denies everything': policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
    'the gateway and the collector of metrics': from(named('kura-edge'), named('kura-operations')),
    'services, and the internet': to(named('kura-data'), internet([...PRIVATE, '100.64.0.0/10'])),
    'what other namespaces allow': policy({ ingress: [{}] }, 'kura-data'),
  },
  breaks: {
    'another cell': [
      from(named('kura-cell-kita')),
      'policy: spec.ingress[0].from[0].namespaceSelector is {"matchLabels":{"kubernetes.io/metadata.name":"kura-cell-kita"}}; write {"matchLabels": {"kubernetes.io/metadata.name": …}} with one of kura-edge, kura-operations.',
    ],
    'the way to another cell': [to(named('kura-cell-kita')), /^policy: spec\.egress\[0\]\.to\[0\]/],
    'every namespace': [from({ namespaceSelector: {} }), /namespaceSelector is \{\}/],
    'pods of its own, which nothing needs': [from({ podSelector: {} }), /namespaceSelector is not set/],
    everybody: [
      policy({ ingress: [{ ports }] }),
      'policy: spec.ingress[0].from is []; write namespaces: kura-edge, kura-operations.',
    ],
    'every port': [policy({ ingress: [{ from: [named('kura-edge')] }] }), /ports is \[\]; write the ports/],
    'an address from outside': [
      from(internet(PRIVATE)),
      'policy: spec.ingress[0].from[0].ipBlock is "0.0.0.0/0"; write a namespace.',
    ],
    'our own networks beside the internet': [
      to(internet(PRIVATE.slice(1))),
      'policy: spec.egress[0].to[0].ipBlock is "0.0.0.0/0"; write except with 10.0.0.0/8.',
    ],
    'the internet without an exception': [to(internet()), /write except with 10\.0\.0\.0\/8, 172/],
    'a namespace that nobody knows yet': [from(named(UNKNOWN)), /^Could not be judged: /],
  },
})

cases(rule, {
  config: { from: ['kura-edge'] },
  passes: {},
  breaks: { 'who may no longer': [from(named('kura-operations')), /with one of kura-edge\.$/] },
})
