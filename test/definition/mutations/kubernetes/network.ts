import type { Mutations } from '../../mutant.ts'

export default {
  'gateway-listener-with-tls': (stack) =>
    stack.change('kura-gateway-proxy', ({ spec }) => {
      spec.provider.kubernetes.envoyService.type = 'LoadBalancer'
    }),
  'ingress-backend-exists': (stack) =>
    stack.change('kura-gateway-0-https', ({ spec }) => {
      spec.rules[0].http.paths[0].backend.service.port.number = 10_082
    }),
  'ingress-with-tls': {
    by: (stack) =>
      stack.change('kura-identity-door-https', ({ metadata }) => {
        delete metadata.annotations['oci-native-ingress.oraclecloud.com/certificate-ocid']
      }),
    also: ['kura/door-opens-https'],
  },
  'ingress-without-snippets': (stack) =>
    stack.change('kura-identity-door-https', ({ metadata }) => {
      metadata.annotations['nginx.ingress.kubernetes.io/server-snippet'] = 'location / {}'
    }),
  'load-balancer-not-public': {
    by: (stack) =>
      stack.change('kura-data-redis-service', ({ spec }) => {
        spec.type = 'LoadBalancer'
      }),
    also: ['kura/load-balancer-address-reserved', 'kura/service-not-past-firewall'],
  },
  'namespace-denies-by-default': (stack) =>
    stack.copy('kura-nightly-namespace', 'kura-nightly-other-namespace', ({ metadata }) => {
      metadata.name = 'kura-another'
    }),
  'network-policy-not-open': (stack) =>
    stack.change('kura-data-allow-redis', ({ spec }) => {
      delete spec.ingress[0].from
      delete spec.ingress[0].ports
    }),
  'network-policy-selects-pods': (stack) =>
    stack.change('kura-data-allow-redis', ({ spec }) => {
      spec.podSelector.matchLabels['app.kubernetes.io/name'] = 'cache'
    }),
  'network-policy-without-metadata': (stack) =>
    stack.change('kura-nightly-allow-oracle', ({ spec }) => {
      const [, , { to, ports }] = spec.egress
      to[0].ipBlock.except = to[0].ipBlock.except.filter((range: string) => range !== '169.254.0.0/16')
      ports.push({ protocol: 'TCP', port: 80 })
    }),
  // On its node's network no policy concerns it; without that, there is none for it.
  'pod-isolated': (stack) =>
    stack.change('kura-operators-calico-node', ({ spec }) => {
      spec.template.spec.hostNetwork = false
    }),
  'route-backend-exists': (stack) =>
    stack.change('kura-cell-higashi-route-1', ({ spec }) => {
      spec.rules[0].backendRefs[0].port = 8080
    }),
  'route-backend-granted': {
    by: (stack) =>
      stack.change('kura-cell-higashi-route-1', ({ spec }) => {
        spec.rules[0].backendRefs[0].namespace = 'kura-cell-nishi'
      }),
    also: ['kura/tenant-host-routed'],
  },
  'service-not-node-port': (stack) =>
    stack.change('kura-data-redis-service', ({ spec }) => {
      spec.type = 'NodePort'
    }),
  'service-port-opened': (stack) =>
    stack.change('kura-data-redis-service', ({ spec }) => {
      spec.ports[0].targetPort = 'cache'
    }),
  'service-selects-pods': (stack) =>
    stack.change('kura-data-redis-service', ({ spec }) => {
      spec.selector['app.kubernetes.io/name'] = 'cache'
    }),
  'service-without-external-ips': (stack) =>
    stack.change('kura-data-redis-service', ({ spec }) => {
      spec.externalIPs = ['192.0.2.7']
    }),
} satisfies Mutations
