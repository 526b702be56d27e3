import { waf } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './waf-inspects-requests.ts'

const ACTIONS = [
  { name: 'let', type: 'ALLOW' },
  { name: 'note', type: 'CHECK' },
  { name: 'refuse', type: 'RETURN_HTTP_RESPONSE' },
]
const policy = (requestProtection?: unknown) =>
  declared(waf.AppFirewallPolicy, 'waf', { actions: ACTIONS, requestProtection })
const rules = (...rules: object[]) => policy({ rules })
const protectionCapabilities = [{ key: '941100', version: 1 }]
const none =
  'waf: requestProtection.rules holds no rule that inspects; write one with protectionCapabilities, and an action that does not allow.'

cases(rule, {
  passes: {
    'a rule that refuses': rules({ actionName: 'refuse', protectionCapabilities }),
    'a rule that notes, behind one that allows': rules(
      { actionName: 'let', protectionCapabilities },
      { actionName: 'note', protectionCapabilities },
    ),
    'capabilities that nobody knows yet': rules({ actionName: 'refuse', protectionCapabilities: UNKNOWN }),
  },
  breaks: {
    'a policy without protection': [policy(), none],
    'protection without rules': [policy({ bodyInspectionSizeLimitInBytes: 8192 }), none],
    'an empty list of rules': [rules(), none],
    'a rule that allows': [rules({ actionName: 'let', protectionCapabilities }), none],
    'a rule without capabilities': [rules({ actionName: 'refuse', protectionCapabilities: [] }), none],
    'rules that nobody knows yet': [policy({ rules: UNKNOWN }), /^Could not be judged: waf: requestProtection/],
  },
})
