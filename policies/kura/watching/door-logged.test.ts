import { loadbalancer, logging, waf } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './door-logged.ts'

const balancer = declared(loadbalancer.LoadBalancer, 'balancer')
const firewall = declared(waf.AppFirewall, 'firewall')
const log = (of: typeof balancer, category: string) =>
  declared(
    logging.Log,
    `${of.name}-${category}`,
    { configuration: { source: { category } } },
    { linked: { configuration: [of] } },
  )

cases(rule, {
  passes: { 'both with a log': [balancer, firewall, log(balancer, 'access'), log(firewall, 'all')] },
  breaks: {
    'errors alone': [
      [balancer, log(balancer, 'error')],
      'balancer has no log of requests; write a Log of the service loadbalancer, category access.',
    ],
    'a firewall without': [
      [balancer, firewall, log(balancer, 'access'), log(balancer, 'all')],
      'firewall has no log of what it refuses; write a Log of the service waf, category all.',
    ],
  },
})
