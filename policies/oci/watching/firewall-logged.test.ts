import { logging, waf } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './firewall-logged.ts'

const firewall = declared(waf.AppFirewall, 'wall', {})
const log = declared(
  logging.Log,
  'refused',
  { configuration: { source: { service: 'waf', category: 'all', resource: UNKNOWN } } },
  { linked: { configuration: [firewall] } },
)

cases(rule, {
  passes: { 'what it refuses': [firewall, log] },
  breaks: {
    nothing: [
      firewall,
      'wall has no log of category "all"; write an enabled logging.Log with service "waf", category "all" and it as resource.',
    ],
  },
})
