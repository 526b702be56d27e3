import type { Mutations } from '../../mutant.ts'

const NATIVE = 'oci-native-ingress.oraclecloud.com'

export default {
  'certificate-common-name-kept': (stack) =>
    stack.change('kura-gateway-certificates-kura-edge-1', ({ spec }) => {
      spec.dnsNames.reverse()
    }),
  'certificate-imported': (stack) =>
    stack.change('kura-gateway-certificates-importer-job', ({ spec }) => {
      const { volumes } = spec.jobTemplate.spec.template.spec
      for (const { projected } of volumes) projected?.sources.pop()
    }),
  'certificate-names-counted': (stack) =>
    stack.change('kura-gateway-certificates-kura-edge-1', ({ spec }) => {
      for (let number = spec.dnsNames.length; number < 92; number++) spec.dnsNames.push(`ir-${number}.example`)
    }),
  'circuits-of-two-services': (stack) =>
    stack.change('kura-network-sinet-circuit-2', (circuit) => {
      circuit.providerServiceId = 'ocid1.providerservice.oc1.ap-tokyo-1.example'
    }),
  'door-opens-https': {
    by: (stack) =>
      stack.change('kura-gateway-1-https', ({ metadata }) => {
        delete metadata.annotations[`${NATIVE}/certificate-ocid`]
      }),
    also: ['kubernetes/ingress-with-tls'],
  },
  'host-certified': {
    by: (stack) =>
      stack.change('kura-cell-nishi-route-1', ({ spec }) => {
        spec.hostnames.push('ir.shirakaba-u.example')
      }),
    also: ['kura/tenant-host-routed'],
  },
  'host-recorded': (stack) => stack.remove('kura-edge-record-wildcard'),
  'load-balancer-address-reserved': (stack) =>
    stack.change('kura-gateway-1-parameters', ({ spec }) => {
      delete spec.reservedPublicAddressId
    }),
  'load-balancer-delete-protected': (stack) =>
    stack.change('kura-gateway-1-class', ({ metadata }) => {
      metadata.annotations[`${NATIVE}/delete-protection-enabled`] = 'false'
    }),
  'nothing-waits-for-circuit': (stack) => {
    const circuit = stack.resources.find(({ name }) => name === 'kura-network-sinet-circuit-1')
    stack.change('kura-network-sinet-routes', (_inputs, resource) => {
      resource.dependencies.push(circuit?.urn ?? '')
    })
  },
  'plain-http-redirects': {
    by: (stack) =>
      stack.change('kura-gateway-kura-edge-1-http', ({ spec }) => {
        spec.rules[0].http.paths[0].backend.service.port.number = 10080
      }),
    also: ['kubernetes/ingress-with-tls'],
  },
  'record-leads-to-certificate': (stack) => {
    const identity = stack.resources.find(({ name }) => name === 'kura-edge-identity-address')
    stack.change('kura-edge-record-wildcard', (_inputs, resource) => {
      resource.propertyDependencies.items = [identity?.urn ?? '']
    })
  },
  'record-reserved-address': (stack) =>
    stack.change('kura-handle-record', (record, resource) => {
      record.items[0].rdata = '203.0.113.14'
      resource.propertyDependencies.items = []
    }),
  'route-accepted': (stack) =>
    stack.change('kura-cell-nishi-route-1', ({ spec }) => {
      spec.parentRefs[0].sectionName = 'wbe'
    }),
  'route-within-limits': {
    by: (stack) =>
      stack.change('kura-cell-nishi-route-1', ({ spec }) => {
        for (let number = spec.hostnames.length; number < 17; number++) spec.hostnames.push(`ir-${number}.kura.example`)
      }),
    also: ['kura/tenant-host-routed'],
  },
  'service-not-past-firewall': (stack) =>
    stack.change('kura-identity-handle-service', ({ spec }) => {
      spec.ports[0].port = 443
    }),
  'written-by-others-ignored': (stack) =>
    stack.change('kura-edge-1-address', (_inputs, resource) => {
      resource.ignoreChanges = []
    }),
} satisfies Mutations
