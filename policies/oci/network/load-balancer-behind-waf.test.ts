import { loadbalancer, networkloadbalancer, waf } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './load-balancer-behind-waf.ts'

const balancer = (isPrivate?: boolean | string) => declared(loadbalancer.LoadBalancer, 'door', { isPrivate })
const linked = { linked: { loadBalancerId: [balancer()] } }
const firewall = declared(waf.AppFirewall, 'firewall', { loadBalancerId: UNKNOWN }, linked)
const listener = (name: string, protocol: string) => declared(loadbalancer.Listener, name, { protocol }, linked)
const none = 'door has no web application firewall; write an AppFirewall with its loadBalancerId.'

cases(rule, {
  passes: {
    'a firewall, though no id is known yet': [balancer(), firewall],
    'a private load balancer': balancer(true),
    'a load balancer that passes bytes on': [balancer(), listener('ldap', 'TCP')],
    'a network load balancer, which can have none': declared(networkloadbalancer.NetworkLoadBalancer, 'door'),
  },
  breaks: {
    'a load balancer alone': [balancer(), none],
    'a load balancer that says that it is public': [balancer(false), none],
    'a listener for HTTP beside one that passes bytes on': [
      [balancer(), listener('ldap', 'TCP'), listener('web', 'HTTP')],
      none,
    ],
    'a firewall of another': [
      [balancer(), declared(loadbalancer.LoadBalancer, 'window'), firewall],
      /^window has no web application firewall/,
    ],
    'a load balancer of which nobody knows whether it is private': [
      balancer(UNKNOWN),
      'Could not be judged: door: isPrivate is not known before the deployment.',
    ],
  },
})
