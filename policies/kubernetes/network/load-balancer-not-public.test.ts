import { core } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './load-balancer-not-public.ts'

const service = (spec: object, annotations?: object) =>
  declared(core.v1.Service, 'site', { metadata: { annotations }, spec: { type: 'LoadBalancer', ...spec } })
const told =
  'site: spec.type is "LoadBalancer"; write "ClusterIP" behind a Gateway or an Ingress, or its name in the setting `meant`.'

cases(rule, {
  passes: {
    'another type': service({ type: 'ClusterIP' }),
    'a load balancer inside the network': service({}, { 'oci-network-load-balancer.oraclecloud.com/internal': 'true' }),
    'clients of some addresses': service({ loadBalancerSourceRanges: ['192.0.2.0/24'] }),
  },
  breaks: {
    'a load balancer': [service({}), told],
    'a load balancer that is not inside': [
      service({}, { 'service.beta.kubernetes.io/oci-load-balancer-internal': 'false' }),
      told,
    ],
    'clients of all addresses': [service({ loadBalancerSourceRanges: ['192.0.2.0/24', '0.0.0.0/0'] }), told],
    'a type that nobody knows yet': [
      service({ type: UNKNOWN }),
      'Could not be judged: site: spec.type is not known before the deployment.',
    ],
  },
})
cases(rule, {
  config: { meant: ['site'] },
  passes: { 'one that is meant': service({}) },
  breaks: {},
})
