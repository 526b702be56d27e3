import { networking } from '@pulumi/kubernetes'
import { loadbalancer } from '@pulumi/oci'
import { object } from '../../../test/support/object.ts'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './load-balancer-delete-protected.ts'

const KEY = 'oci-native-ingress.oraclecloud.com/delete-protection-enabled'
const balancer = (isDeleteProtectionEnabled?: unknown) =>
  declared(loadbalancer.LoadBalancer, 'balancer', { isDeleteProtectionEnabled })
const door = (annotations: object) =>
  object(
    networking.v1.IngressClass,
    '/door',
    { controller: 'oci.oraclecloud.com/native-ingress-controller' },
    { annotations },
  )

cases(rule, {
  passes: { 'a load balancer and its class': [balancer(true), door({ [KEY]: 'true' })] },
  breaks: {
    'a load balancer that says nothing': [balancer(), 'balancer: isDeleteProtectionEnabled is not set; write true.'],
    'a load balancer that may go': [balancer(false), 'balancer: isDeleteProtectionEnabled is false; write true.'],
    'a class that takes its load balancer along': [
      door({ [KEY]: 'false' }),
      `door: metadata.annotations["${KEY}"] is "false"; write "true".`,
    ],
    'a class that says nothing': [door({}), `door: metadata.annotations["${KEY}"] is not set; write "true".`],
    'what nobody knows yet': [balancer(UNKNOWN), /^Could not be judged: balancer: isDeleteProtectionEnabled/],
  },
})
