import { loadbalancer, waf } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'
import { linkedTo } from '../links.ts'

/** Network load balancers are left out: OCI has no firewall that goes before one. */
export default stackRule(
  {
    name: 'load-balancer-behind-waf',
    description: 'A web application firewall stands before every public load balancer.',
    severity: 'high',
    level: 'mandatory',
    serves: ['OBP network'],
  },
  loadbalancer.LoadBalancer,
  (stack, tell, { each }) =>
    each(loadbalancer.LoadBalancer, (balancer) => {
      if (balancer.props.isPrivate) return
      const listeners = linkedTo(stack, balancer, loadbalancer.Listener, 'loadBalancerId')
      // A firewall reads HTTP alone.
      if (listeners.length > 0 && listeners.every(({ props }) => props.protocol.toUpperCase() === 'TCP')) return
      if (linkedTo(stack, balancer, waf.AppFirewall, 'loadBalancerId').length === 0)
        tell(balancer, { lacks: 'web application firewall', write: 'an AppFirewall with its loadBalancerId' })
    }),
)
