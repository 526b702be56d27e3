import { core, networking } from '@pulumi/kubernetes'
import { loadbalancer } from '@pulumi/oci'
import { object } from '../../../test/support/object.ts'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import { IngressClassParameters } from '../kinds.ts'
import rule from './load-balancer-address-reserved.ts'

const balancer = (inputs: object) => declared(loadbalancer.LoadBalancer, 'balancer', { ...inputs })
const door = object(networking.v1.IngressClass, '/door', {
  controller: 'oci.oraclecloud.com/native-ingress-controller',
  parameters: { name: 'door', namespace: 'edge' },
})
const parameters = (spec: object) => [door, object(IngressClassParameters, 'edge/door', { ...spec })]
const service = (type: string, annotations: object = {}) =>
  object(core.v1.Service, 'edge/handle', { type }, { annotations })
const address = 'write the OCID of a PublicIp whose lifetime is "RESERVED".'
const annotated = `handle: metadata.annotations["oci.oraclecloud.com/reserved-ips"] is not set; write the ipAddress of a PublicIp whose lifetime is "RESERVED".`

cases(rule, {
  passes: {
    'a load balancer with one': balancer({ reservedIps: [{ id: UNKNOWN }] }),
    'a private load balancer': balancer({ isPrivate: true }),
    'a class with one that nobody knows yet': parameters({ reservedPublicAddressId: UNKNOWN }),
    'a private class': parameters({ isPrivate: true }),
    'a Service with one': service('LoadBalancer', { 'oci.oraclecloud.com/reserved-ips': UNKNOWN }),
    'a Service inside the cluster': service('ClusterIP'),
    'a Service inside the network': service('LoadBalancer', {
      'oci-network-load-balancer.oraclecloud.com/internal': 'true',
    }),
  },
  breaks: {
    'a load balancer without': [balancer({}), `balancer: reservedIps is not set; ${address}`],
    'a load balancer with an empty list': [
      balancer({ reservedIps: [] }),
      `balancer: reservedIps is not set; ${address}`,
    ],
    'a class without': [parameters({}), `door: spec.reservedPublicAddressId is not set; ${address}`],
    'a Service without': [service('LoadBalancer'), annotated],
    'a Service that says it is not inside': [
      service('LoadBalancer', { 'oci-network-load-balancer.oraclecloud.com/internal': 'false' }),
      annotated,
    ],
  },
})
