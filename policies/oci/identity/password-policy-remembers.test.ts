import { identity } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './password-policy-remembers.ts'

const policy = (numPasswordsInHistory?: number) =>
  declared(identity.DomainsPasswordPolicy, 'passwords', { numPasswordsInHistory })

cases(rule, {
  passes: { '24 passwords': policy(24) },
  breaks: {
    '23 passwords': [policy(23), 'passwords: numPasswordsInHistory is 23; write 24 or more.'],
    none: [policy(0), 'passwords: numPasswordsInHistory is 0; write 24 or more.'],
    'nothing said': [policy(), 'passwords: numPasswordsInHistory is not set; write 24 or more.'],
  },
})
