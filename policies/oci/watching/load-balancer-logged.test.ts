import { loadbalancer, logging } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './load-balancer-logged.ts'

const door = declared(loadbalancer.LoadBalancer, 'door', {})
const log = (category: string) =>
  declared(
    logging.Log,
    category,
    { configuration: { source: { service: 'loadbalancer', category, resource: UNKNOWN } } },
    { linked: { configuration: [door] } },
  )

cases(rule, {
  passes: { 'requests and errors': [door, log('access'), log('error')] },
  breaks: {
    'requests alone': [
      [door, log('access')],
      'door has no log of category "error"; write an enabled logging.Log with service "loadbalancer", category "error" and it as resource.',
    ],
    nothing: [door, /category "access"/, /category "error"/],
  },
})
