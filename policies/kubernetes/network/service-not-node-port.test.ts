import { core } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './service-not-node-port.ts'

const service = (type?: string) =>
  declared(core.v1.Service, 'site', { spec: { type, ports: [{ port: 80, nodePort: 30080 }] } })

cases(rule, {
  passes: {
    'no type': service(),
    'an address inside the cluster': service('ClusterIP'),
    'a load balancer, which needs a port at the nodes': service('LoadBalancer'),
    'no specification': declared(core.v1.Service, 'site'),
  },
  breaks: {
    'a port at every node': [service('NodePort'), 'site: spec.type is "NodePort"; write "ClusterIP".'],
    'a type that nobody knows yet': [
      service(UNKNOWN),
      'Could not be judged: site: spec.type is not known before the deployment.',
    ],
  },
})
