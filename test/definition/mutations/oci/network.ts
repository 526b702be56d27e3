import type { Mutations } from '../../mutant.ts'

/** Something of Oracle's that is not deployed: a rule about it has nothing to change. */
const type = (module: string, name: string) => `oci:${module}/${name[0]?.toLowerCase()}${name.slice(1)}:${name}`

const READERS = 'kura-network-load-balancers-ingress-internet-readers-reach-the-load-balancers'

export default {
  'analytics-not-open': (stack) =>
    stack.add(type('Analytics', 'AnalyticsInstance'), 'kura-charts', {
      networkEndpointDetails: { networkEndpointType: 'PUBLIC', whitelistedIps: ['0.0.0.0/0'] },
    }),
  'autonomous-database-not-open': (stack) =>
    stack.add(type('Database', 'AutonomousDatabase'), 'kura-facts', { whitelistedIps: ['0.0.0.0/0'] }),
  'bastion-not-open': (stack) =>
    stack.change('kura-access-bastion', (bastion) => {
      bastion.clientCidrBlockAllowLists = ['0.0.0.0/0']
    }),
  'circuit-notices-failure': (stack) =>
    stack.change('kura-network-sinet-circuit-2', (circuit) => {
      circuit.isBfdEnabled = false
    }),
  'data-catalog-private': (stack) => stack.add(type('DataCatalog', 'Catalog'), 'kura-catalogue', {}),
  'default-security-list-declared': (stack) => stack.remove('kura-network-no-security-list'),
  'default-security-list-icmp-only': (stack) =>
    stack.change('kura-network-no-security-list', (list) => {
      list.ingressSecurityRules.push({ protocol: '6', source: '10.0.0.0/16' })
    }),
  'egress-names-ports': (stack) =>
    stack.change('kura-network-bastion-egress', (list) => {
      list.egressSecurityRules.push({ protocol: 'all', destination: '0.0.0.0/0' })
    }),
  'gateway-has-two-links': (stack) => stack.remove('kura-network-sinet-circuit-2'),
  'ingress-by-groups': (stack) =>
    stack.change('kura-network-bastion-egress', (list) => {
      list.ingressSecurityRules = [{ protocol: '6', source: '10.0.0.0/16' }]
    }),
  'ingress-class-behind-waf': (stack) =>
    stack.change('kura-gateway-0-class', ({ metadata }) => {
      delete metadata.annotations['oci-native-ingress.oraclecloud.com/waf-policy-ocid']
    }),
  'integration-not-open': (stack) =>
    stack.add(type('Integration', 'IntegrationInstance'), 'kura-flows', {
      networkEndpointDetails: { networkEndpointType: 'PUBLIC', allowlistedHttpIps: ['0.0.0.0/0'] },
    }),
  'listener-encrypted': (stack) =>
    stack.add(type('LoadBalancer', 'Listener'), 'kura-plain', { protocol: 'HTTP', port: 8080 }),
  'load-balancer-behind-waf': (stack) => stack.remove('kura-edge-identity-firewall'),
  'load-balancer-in-group': (stack) =>
    stack.change('kura-edge-identity-load-balancer', (balancer) => {
      delete balancer.networkSecurityGroupIds
    }),
  'only-public-ports-open': (stack) =>
    stack.change(READERS, ({ tcpOptions }) => {
      tcpOptions.destinationPortRange.max = 444
    }),
  'rdp-not-open': {
    by: (stack) =>
      stack.change(READERS, ({ tcpOptions }) => {
        tcpOptions.destinationPortRange.max = 3389
      }),
    also: ['oci/only-public-ports-open'],
  },
  'ssh-not-open': {
    by: (stack) =>
      stack.change(READERS, ({ tcpOptions }) => {
        tcpOptions.destinationPortRange.min = 22
      }),
    also: ['oci/only-public-ports-open'],
  },
  'subnet-flow-log': (stack) => stack.remove('kura-network-pods-flows'),
  'subnet-private': (stack) =>
    stack.change('kura-network-delivery', (subnet) => {
      subnet.prohibitInternetIngress = false
      subnet.prohibitPublicIpOnVnic = false
    }),
  'tls-of-today': (stack) =>
    stack.change('kura-gateway-0-https', ({ metadata }) => {
      const key = 'oci-native-ingress.oraclecloud.com/listener-ssl-config'
      metadata.annotations[key] = metadata.annotations[key].replace('TLSv1.2', 'TLSv1.1')
    }),
  'waf-inspects-requests': (stack) =>
    stack.change('kura-edge-waf-policy', (policy) => {
      policy.requestProtection.rules = []
    }),
} satisfies Mutations
