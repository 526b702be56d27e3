import { dns, healthchecks } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'
import { answersFor, isWithin } from '../hosts.ts'
import { HTTPRoute } from '../kinds.ts'

export default stackRule(
  {
    name: 'host-recorded',
    description: 'Every host of a zone of ours has an address there.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura host-name'],
  },
  [HTTPRoute, healthchecks.HttpMonitor, dns.Rrset],
  (stack, tell, { each }) => {
    const zones = stack.of(dns.Zone).map(({ props }) => props.name ?? '')
    const records = stack
      .of(dns.Rrset)
      .filter(({ props }) => ['A', 'AAAA', 'CNAME'].includes(props.rtype))
      .map(({ props }) => props.domain)
    const unknown = (hosts: string[] = []) =>
      [...hosts.entries()].filter(
        ([, host]) => zones.some((zone) => isWithin(zone, host)) && !records.some((record) => answersFor(record, host)),
      )
    const write = 'a host that the zone has a record for, or declare one'
    each(HTTPRoute, (route) => {
      for (const [index, host] of unknown(route.props.spec.hostnames))
        tell(route, { at: `spec.hostnames[${index}]`, is: host, write })
    })
    each(healthchecks.HttpMonitor, (monitor) => {
      for (const [index, host] of unknown(monitor.props.targets))
        tell(monitor, { at: `targets[${index}]`, is: host, write })
    })
  },
)
