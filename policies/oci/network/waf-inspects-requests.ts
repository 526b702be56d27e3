import { waf } from '@pulumi/oci'
import { isSet, resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'waf-inspects-requests',
    description:
      'A web application firewall has rules of protection that do more than allow: without them it lets every attack through.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['OBP network'],
  },
  waf.AppFirewallPolicy,
  ({ actions, requestProtection }, tell) => {
    const allowing = (actions ?? []).filter(({ type }) => type.toUpperCase() === 'ALLOW').map(({ name }) => name)
    const inspects = requestProtection?.rules?.some(
      (rule) => isSet(rule, 'protectionCapabilities') && !allowing.includes(rule.actionName),
    )
    if (!inspects)
      tell({
        at: 'requestProtection.rules',
        holds: 'no rule that inspects',
        write: 'one with protectionCapabilities, and an action that does not allow',
      })
  },
)
