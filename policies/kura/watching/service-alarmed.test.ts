import { loadbalancer, monitoring } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './service-alarmed.ts'

const balancer = declared(loadbalancer.LoadBalancer, 'balancer')
const alarm = (namespace: string, isEnabled = true) => declared(monitoring.Alarm, 'alarm', { namespace, isEnabled })
const told = 'balancer has no alarm; write an Alarm at the namespace oci_lbaas.'

cases(rule, {
  passes: {
    'a load balancer with an alarm': [balancer, alarm('oci_lbaas')],
    'a stack without load balancers': alarm('kura_platform'),
  },
  breaks: {
    'a load balancer without': [balancer, told],
    'an alarm that is off': [[balancer, alarm('oci_lbaas', false)], told],
    'an alarm at something else': [[balancer, alarm('oci_filestorage')], told],
  },
})
