import { healthchecks } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'
import { certifies, publicCertificates } from '../hosts.ts'
import { HTTPRoute } from '../kinds.ts'

export default stackRule(
  {
    name: 'host-certified',
    description: 'Every public host is named by a certificate that readers trust.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura host-certificate'],
  },
  [HTTPRoute, healthchecks.HttpMonitor],
  (stack, tell, { each }) => {
    const names = publicCertificates(stack).flatMap(({ props }) => props.spec.dnsNames ?? [])
    const uncertified = (hosts: string[] = []) =>
      [...hosts.entries()].filter(([, host]) => !names.some((name) => certifies(name, host)))
    const write = 'a host that a Certificate of the ACME issuer names, or add it to the dnsNames of one'
    each(HTTPRoute, (route) => {
      for (const [index, host] of uncertified(route.props.spec.hostnames))
        tell(route, { at: `spec.hostnames[${index}]`, is: host, write })
    })
    each(healthchecks.HttpMonitor, (monitor) => {
      if (monitor.props.protocol !== 'HTTPS') return
      for (const [index, host] of uncertified(monitor.props.targets))
        tell(monitor, { at: `targets[${index}]`, is: host, write })
    })
  },
)
