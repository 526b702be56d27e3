import { loadbalancer, networkloadbalancer } from '@pulumi/oci'
import { isSet, resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'load-balancer-in-group',
    description: 'Every load balancer is in a security group that says who reaches it.',
    severity: 'medium',
    level: 'advisory',
    serves: ['OBP network'],
  },
  [loadbalancer.LoadBalancer, networkloadbalancer.NetworkLoadBalancer],
  (balancer, tell) => {
    if (!isSet(balancer, 'networkSecurityGroupIds'))
      tell({ at: 'networkSecurityGroupIds', is: undefined, write: 'the id of a NetworkSecurityGroup' })
  },
)
