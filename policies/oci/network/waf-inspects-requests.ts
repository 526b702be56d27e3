import { waf } from '@pulumi/oci'
import { isSet, resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'waf-inspects-requests',
    description: 'A web application firewall has rules of protection: without them it lets every attack through.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['OBP network'],
  },
  waf.AppFirewallPolicy,
  ({ requestProtection }, tell) => {
    if (!isSet(requestProtection, 'rules'))
      tell({ at: 'requestProtection.rules', is: undefined, write: 'a rule with protectionCapabilities' })
  },
)
