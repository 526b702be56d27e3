import { loadbalancer, networkloadbalancer } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './load-balancer-in-group.ts'

const balancer = (networkSecurityGroupIds?: unknown) =>
  declared(loadbalancer.LoadBalancer, 'door', { networkSecurityGroupIds })
const none = 'door: networkSecurityGroupIds is not set; write the id of a NetworkSecurityGroup.'

cases(rule, {
  passes: {
    'a load balancer in a group': balancer(['ocid1.networksecuritygroup.oc1.ap-tokyo-1.example']),
    'a group that nobody knows yet': balancer([UNKNOWN]),
    'groups that nobody knows yet': balancer(UNKNOWN),
  },
  breaks: {
    'a load balancer that says nothing': [balancer(), none],
    'a load balancer in no group': [balancer([]), none],
    'a network load balancer': [declared(networkloadbalancer.NetworkLoadBalancer, 'door'), none],
  },
})
