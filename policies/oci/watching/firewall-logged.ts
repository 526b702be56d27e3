import { waf } from '@pulumi/oci'
import { loggedRule } from '../logs.ts'

export default loggedRule(
  { name: 'firewall-logged', description: 'A web firewall logs what it refuses.', serves: ['OBP access-logs'] },
  waf.AppFirewall,
  'waf',
  ['all'],
)
