import { core } from '@pulumi/oci'
import { resourceRule } from '../../rule/index.ts'

/** ICMP, and ICMP of IPv6. */
const ICMP = ['1', '58']

export default resourceRule(
  {
    name: 'default-security-list-icmp-only',
    description: 'The default security list lets in ICMP alone: it holds for every subnet that names no other.',
    severity: 'high',
    level: 'mandatory',
    serves: ['CIS 2.5'],
  },
  core.DefaultSecurityList,
  ({ ingressSecurityRules }, tell) => {
    for (const [index, { protocol }] of (ingressSecurityRules ?? []).entries())
      if (!ICMP.includes(protocol))
        tell({
          at: `ingressSecurityRules[${index}].protocol`,
          is: protocol,
          write: '"1", or let this in by a security group',
        })
  },
)
