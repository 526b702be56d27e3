import { core } from '@pulumi/kubernetes'
import { object } from '../../../test/support/object.ts'
import { cases, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './service-not-past-firewall.ts'

const service = (type: unknown, ...ports: number[]) =>
  object(core.v1.Service, 'edge/web', { type, ports: ports.map((port) => ({ port })) })

cases(rule, {
  passes: {
    'a Service inside the cluster': service(undefined, 80),
    'a load balancer for Handle': service('LoadBalancer', 2641, 2641),
  },
  breaks: {
    'a load balancer for HTTP': [
      service('LoadBalancer', 2641, 443),
      'web: spec.ports[1].port is 443; write a Service of type "ClusterIP" and an HTTPRoute to it.',
    ],
    'a type that nobody knows yet': [service(UNKNOWN), /^Could not be judged: web: spec.type/],
  },
})
