import { identity } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './password-policy-long.ts'

const tenancy = (minimumPasswordLength?: number) =>
  declared(identity.AuthenticationPolicy, 'passwords', { passwordPolicy: { minimumPasswordLength } })
const domain = (minLength?: number) => declared(identity.DomainsPasswordPolicy, 'passwords', { minLength })

cases(rule, {
  passes: { '14 characters': tenancy(14), 'more in a domain': domain(20) },
  breaks: {
    '13 characters': [tenancy(13), 'passwords: passwordPolicy.minimumPasswordLength is 13; write 14 or more.'],
    '13 characters in a domain': [domain(13), 'passwords: minLength is 13; write 14 or more.'],
    'nothing said': [tenancy(), 'passwords: passwordPolicy.minimumPasswordLength is not set; write 14 or more.'],
    'no policy': [
      declared(identity.AuthenticationPolicy, 'passwords', {}),
      'passwords: passwordPolicy.minimumPasswordLength is not set; write 14 or more.',
    ],
  },
})
