import { loadbalancer } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './listener-encrypted.ts'

const balancer = (isPrivate = false) => declared(loadbalancer.LoadBalancer, 'door', { isPrivate })
const sends = (protocol: string, conditions?: object[], of = balancer()) =>
  declared(
    loadbalancer.RuleSet,
    'on',
    { name: 'on', items: [{ action: 'REDIRECT', redirectUri: { protocol }, conditions }] },
    { linked: { loadBalancerId: [of] } },
  )
const path = (attributeValue: string, operator: string) => [{ attributeName: 'PATH', attributeValue, operator }]
const listener = (inputs: Record<string, unknown>, isPrivate?: boolean, sets = [sends('HTTPS')]) =>
  declared(
    loadbalancer.Listener,
    'web',
    { protocol: 'HTTP', ...inputs },
    { linked: { loadBalancerId: [balancer(isPrivate)], ...(inputs.ruleSetNames ? { ruleSetNames: sets } : {}) } },
  )
const none =
  'web has no sslConfiguration; write one with a certificate, or a rule set that sends requests for all paths on to https.'

cases(rule, {
  passes: {
    'a listener with a certificate': [balancer(), listener({ sslConfiguration: { certificateIds: [UNKNOWN] } })],
    'a certificate that nobody knows yet': [balancer(), listener({ sslConfiguration: UNKNOWN })],
    'a private load balancer': [balancer(true), listener({}, true)],
    'a listener that passes bytes on': [balancer(), listener({ protocol: 'TCP' })],
    'a listener that sends on, by a link': [balancer(), sends('HTTPS'), listener({ ruleSetNames: ['?'] })],
    'a listener that sends on, by a name': [balancer(), sends('https'), listener({ ruleSetNames: ['on'] }, false, [])],
    'a listener that sends on every path': [
      balancer(),
      sends('https', path('/', 'FORCE_LONGEST_PREFIX_MATCH')),
      listener({ ruleSetNames: ['on'] }),
    ],
    'a listener that sends on, of a load balancer elsewhere': [
      declared(loadbalancer.Listener, 'web', { protocol: 'HTTP', loadBalancerId: 'elsewhere', ruleSetNames: ['on'] }),
      declared(loadbalancer.RuleSet, 'on', {
        name: 'on',
        loadBalancerId: 'elsewhere',
        items: [{ action: 'REDIRECT', redirectUri: { protocol: 'https' } }],
      }),
    ],
  },
  breaks: {
    'a listener for HTTP': [[balancer(), listener({})], none],
    'a listener for HTTP/2 in small letters': [[balancer(), listener({ protocol: 'http2' })], none],
    'a listener that sends on to HTTP': [[balancer(), sends('http'), listener({ ruleSetNames: ['on'] })], none],
    'a listener beside a rule set that is not its own': [[balancer(), sends('https'), listener({})], none],
    'a listener that sends on one path alone': [
      [balancer(), sends('https', path('/only-this', 'PREFIX_MATCH')), listener({ ruleSetNames: ['on'] })],
      none,
    ],
    'a listener that sends on the first page alone': [
      [balancer(), sends('https', path('/', 'EXACT_MATCH')), listener({ ruleSetNames: ['on'] })],
      none,
    ],
    'a rule set of that name of another load balancer': [
      [
        balancer(),
        sends('https', undefined, declared(loadbalancer.LoadBalancer, 'window')),
        listener({ ruleSetNames: ['on'] }, false, []),
      ],
      none,
    ],
    'a listener of a load balancer elsewhere': [declared(loadbalancer.Listener, 'web', { protocol: 'HTTP' }), none],
    'a protocol that nobody knows yet': [
      [balancer(), listener({ protocol: UNKNOWN })],
      'Could not be judged: web: protocol is not known before the deployment.',
    ],
  },
})
