import { loadbalancer, logging, waf } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'

export default stackRule(
  {
    name: 'door-logged',
    description: 'What comes to a load balancer, and what its firewall refuses, is in a log.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura logs-archived'],
  },
  [loadbalancer.LoadBalancer, waf.AppFirewall],
  (stack, tell) => {
    const logs = stack.of(logging.Log)
    const logged = (
      { urn }: { urn: string },
      category: string,
      kind: typeof loadbalancer.LoadBalancer | typeof waf.AppFirewall,
    ) =>
      logs.some(
        (log) =>
          log.props.configuration?.source.category === category &&
          stack.linked(log, 'configuration', kind).some((source) => source.urn === urn),
      )
    for (const balancer of stack.of(loadbalancer.LoadBalancer))
      if (!logged(balancer, 'access', loadbalancer.LoadBalancer))
        tell(balancer, { lacks: 'log of requests', write: 'a Log of the service loadbalancer, category access' })
    for (const firewall of stack.of(waf.AppFirewall))
      if (!logged(firewall, 'all', waf.AppFirewall))
        tell(firewall, { lacks: 'log of what it refuses', write: 'a Log of the service waf, category all' })
  },
)
