import { loadbalancer } from '@pulumi/oci'
import { loggedRule } from '../logs.ts'

export default loggedRule(
  {
    name: 'load-balancer-logged',
    description: 'A load balancer logs requests and errors.',
    serves: ['OBP access-logs'],
  },
  loadbalancer.LoadBalancer,
  'loadbalancer',
  ['access', 'error'],
)
