import gatewayListenerWithTls from './gateway-listener-with-tls.ts'
import ingressBackendExists from './ingress-backend-exists.ts'
import ingressWithTls from './ingress-with-tls.ts'
import ingressWithoutSnippets from './ingress-without-snippets.ts'
import loadBalancerNotPublic from './load-balancer-not-public.ts'
import namespaceDeniesByDefault from './namespace-denies-by-default.ts'
import networkPolicyNotOpen from './network-policy-not-open.ts'
import networkPolicySelectsPods from './network-policy-selects-pods.ts'
import networkPolicyWithoutMetadata from './network-policy-without-metadata.ts'
import podIsolated from './pod-isolated.ts'
import routeBackendExists from './route-backend-exists.ts'
import routeBackendGranted from './route-backend-granted.ts'
import serviceNotNodePort from './service-not-node-port.ts'
import servicePortOpened from './service-port-opened.ts'
import serviceSelectsPods from './service-selects-pods.ts'
import serviceWithoutExternalIps from './service-without-external-ips.ts'

export default [
  gatewayListenerWithTls,
  ingressBackendExists,
  ingressWithTls,
  ingressWithoutSnippets,
  loadBalancerNotPublic,
  namespaceDeniesByDefault,
  networkPolicyNotOpen,
  networkPolicySelectsPods,
  networkPolicyWithoutMetadata,
  podIsolated,
  routeBackendExists,
  routeBackendGranted,
  serviceNotNodePort,
  servicePortOpened,
  serviceSelectsPods,
  serviceWithoutExternalIps,
]
