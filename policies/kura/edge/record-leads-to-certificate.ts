import { core, dns, healthchecks } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'
import { publicDoors } from '../doors.ts'
import { answersFor, certifies, publicCertificates } from '../hosts.ts'
import { HTTPRoute } from '../kinds.ts'

export default stackRule(
  {
    name: 'record-leads-to-certificate',
    description: 'The address that a host has in DNS is that of a load balancer whose certificate names the host.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura host-name', 'Kura host-certificate'],
  },
  [HTTPRoute, healthchecks.HttpMonitor, dns.Rrset],
  (stack, tell) => {
    // A certificate and the class of the load balancer that serves it have one name.
    const certificates = publicCertificates(stack)
    const addresses = new Map(
      publicDoors(stack).flatMap(({ ingressClass, parameters }) => {
        const { dnsNames = [] } =
          certificates.find(({ props }) => props.metadata.name === ingressClass.props.metadata?.name)?.props.spec ?? {}
        const linked = parameters ? stack.linked(parameters, 'spec', core.PublicIp) : []
        return linked.map(({ urn }) => [urn, dnsNames] as const)
      }),
    )
    const hosts = [
      ...stack.of(HTTPRoute).flatMap(({ props }) => props.spec.hostnames ?? []),
      ...stack.of(healthchecks.HttpMonitor).flatMap(({ props }) => props.targets),
    ]
    const records = stack.of(dns.Rrset).filter(({ props }) => props.rtype === 'A')
    for (const host of new Set(hosts)) {
      const answering = records.filter(({ props }) => answersFor(props.domain, host))
      // What is named itself goes before a wildcard.
      const record = answering.find(({ props }) => !props.domain.startsWith('*')) ?? answering[0]
      const [address] = record ? stack.linked(record, 'items', core.PublicIp) : []
      const names = address && addresses.get(address.urn)
      if (record && names && !names.some((name) => certifies(name, host)))
        tell(record, {
          at: 'items',
          holds: `the address ${address.name}, whose certificate does not name ${host}`,
          write: `the address of the load balancer whose certificate names ${host}`,
        })
    }
  },
)
