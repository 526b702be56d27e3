import { core } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './service-without-external-ips.ts'

const service = (externalIPs?: unknown) => declared(core.v1.Service, 'site', { spec: { externalIPs } })

cases(rule, {
  passes: { 'no address': service(), 'an empty list': service([]) },
  breaks: {
    'an address': [
      service(['192.0.2.7']),
      'site: spec.externalIPs is ["192.0.2.7"]; write a load balancer, and no externalIPs.',
    ],
    'addresses that nobody knows yet': [
      service(UNKNOWN),
      'Could not be judged: site: spec.externalIPs is not known before the deployment.',
    ],
  },
})
