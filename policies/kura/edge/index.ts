import certificateCommonNameKept from './certificate-common-name-kept.ts'
import certificateImported from './certificate-imported.ts'
import certificateNamesCounted from './certificate-names-counted.ts'
import circuitsOfTwoServices from './circuits-of-two-services.ts'
import doorOpensHttps from './door-opens-https.ts'
import hostCertified from './host-certified.ts'
import hostRecorded from './host-recorded.ts'
import loadBalancerAddressReserved from './load-balancer-address-reserved.ts'
import loadBalancerDeleteProtected from './load-balancer-delete-protected.ts'
import nothingWaitsForCircuit from './nothing-waits-for-circuit.ts'
import plainHttpRedirects from './plain-http-redirects.ts'
import recordLeadsToCertificate from './record-leads-to-certificate.ts'
import recordReservedAddress from './record-reserved-address.ts'
import routeAccepted from './route-accepted.ts'
import routeWithinLimits from './route-within-limits.ts'
import serviceNotPastFirewall from './service-not-past-firewall.ts'
import writtenByOthersIgnored from './written-by-others-ignored.ts'

export default [
  certificateCommonNameKept,
  certificateImported,
  certificateNamesCounted,
  circuitsOfTwoServices,
  doorOpensHttps,
  hostCertified,
  hostRecorded,
  loadBalancerAddressReserved,
  loadBalancerDeleteProtected,
  nothingWaitsForCircuit,
  plainHttpRedirects,
  recordLeadsToCertificate,
  recordReservedAddress,
  routeAccepted,
  routeWithinLimits,
  serviceNotPastFirewall,
  writtenByOthersIgnored,
]
