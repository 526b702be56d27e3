import { core, dns } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'

export default stackRule(
  {
    name: 'record-reserved-address',
    description: 'A record of our zone gives an address that is reserved for us, and so outlives what answers there.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura reserved-address', 'Kura host-name'],
  },
  dns.Rrset,
  (stack, tell, { each }) => {
    each(dns.Rrset, (record) => {
      if (record.props.rtype === 'A' && stack.linked(record, 'items', core.PublicIp).length === 0)
        tell(record, {
          at: 'items',
          holds: 'an address that no PublicIp of this stack reserves',
          write: 'the ipAddress of a PublicIp',
        })
    })
  },
)
