import { core } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './default-security-list-icmp-only.ts'

const list = (...protocols: string[]) =>
  declared(core.DefaultSecurityList, 'list', {
    ingressSecurityRules: protocols.map((protocol) => ({ protocol, source: '10.0.0.0/16' })),
  })

cases(rule, {
  passes: {
    'a list without rules': list(),
    'a list that says nothing': declared(core.DefaultSecurityList, 'list'),
    'ICMP of both kinds': list('1', '58'),
    'another list': declared(core.SecurityList, 'list', { ingressSecurityRules: [{ protocol: 'all' }] }),
  },
  breaks: {
    'TCP after ICMP': [
      list('1', '6'),
      'list: ingressSecurityRules[1].protocol is "6"; write "1", or let this in by a security group.',
    ],
    'every protocol': [list('all'), /protocol is "all"/],
    'a protocol that nobody knows yet': [
      list(UNKNOWN),
      'Could not be judged: list: ingressSecurityRules.0.protocol is not known before the deployment.',
    ],
  },
})
