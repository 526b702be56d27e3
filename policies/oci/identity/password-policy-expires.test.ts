import { identity } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './password-policy-expires.ts'

const policy = (passwordExpiresAfter?: number) =>
  declared(identity.DomainsPasswordPolicy, 'passwords', { passwordExpiresAfter })

cases(rule, {
  passes: { 'a year': policy(365), 'less than a year': policy(120) },
  breaks: {
    'a day more': [policy(366), 'passwords: passwordExpiresAfter is 366; write 365 or less.'],
    never: [policy(0), 'passwords: passwordExpiresAfter is 0; write 365 or less.'],
    'nothing said': [policy(), 'passwords: passwordExpiresAfter is not set; write 365 or less.'],
  },
})
