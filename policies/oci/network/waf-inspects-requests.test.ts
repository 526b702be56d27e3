import { waf } from '@pulumi/oci'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './waf-inspects-requests.ts'

const policy = (requestProtection?: unknown) => declared(waf.AppFirewallPolicy, 'waf', { requestProtection })
const none = 'waf: requestProtection.rules is not set; write a rule with protectionCapabilities.'

cases(rule, {
  passes: {
    'a policy with a rule': policy({ rules: [{ name: 'injection' }] }),
    'rules that nobody knows yet': policy({ rules: UNKNOWN }),
  },
  breaks: {
    'a policy without protection': [policy(), none],
    'protection without rules': [policy({ bodyInspectionSizeLimitInBytes: 8192 }), none],
    'an empty list of rules': [policy({ rules: [] }), none],
    'protection that nobody knows yet': [policy(UNKNOWN), /^Could not be judged: waf: requestProtection/],
  },
})
