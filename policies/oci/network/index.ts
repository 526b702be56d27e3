import analyticsNotOpen from './analytics-not-open.ts'
import autonomousDatabaseNotOpen from './autonomous-database-not-open.ts'
import bastionNotOpen from './bastion-not-open.ts'
import circuitNoticesFailure from './circuit-notices-failure.ts'
import dataCatalogPrivate from './data-catalog-private.ts'
import defaultSecurityListDeclared from './default-security-list-declared.ts'
import defaultSecurityListIcmpOnly from './default-security-list-icmp-only.ts'
import egressNamesPorts from './egress-names-ports.ts'
import gatewayHasTwoLinks from './gateway-has-two-links.ts'
import ingressByGroups from './ingress-by-groups.ts'
import ingressClassBehindWaf from './ingress-class-behind-waf.ts'
import integrationNotOpen from './integration-not-open.ts'
import listenerEncrypted from './listener-encrypted.ts'
import loadBalancerBehindWaf from './load-balancer-behind-waf.ts'
import loadBalancerInGroup from './load-balancer-in-group.ts'
import onlyPublicPortsOpen from './only-public-ports-open.ts'
import rdpNotOpen from './rdp-not-open.ts'
import sshNotOpen from './ssh-not-open.ts'
import subnetFlowLog from './subnet-flow-log.ts'
import subnetPrivate from './subnet-private.ts'
import tlsOfToday from './tls-of-today.ts'
import wafInspectsRequests from './waf-inspects-requests.ts'

export default [
  analyticsNotOpen,
  autonomousDatabaseNotOpen,
  bastionNotOpen,
  circuitNoticesFailure,
  dataCatalogPrivate,
  defaultSecurityListDeclared,
  defaultSecurityListIcmpOnly,
  egressNamesPorts,
  gatewayHasTwoLinks,
  ingressByGroups,
  ingressClassBehindWaf,
  integrationNotOpen,
  listenerEncrypted,
  loadBalancerBehindWaf,
  loadBalancerInGroup,
  onlyPublicPortsOpen,
  rdpNotOpen,
  sshNotOpen,
  subnetFlowLog,
  subnetPrivate,
  tlsOfToday,
  wafInspectsRequests,
]
