import { identity } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './password-policy-mixed.ts'

const REQUIRED = {
  isLowercaseCharactersRequired: true,
  isUppercaseCharactersRequired: true,
  isNumericCharactersRequired: true,
  isSpecialCharactersRequired: true,
}
const LEAST = { minLowerCase: 1, minUpperCase: 1, minNumerals: 1, minSpecialChars: 1 }
const tenancy = (inputs: object) =>
  declared(identity.AuthenticationPolicy, 'passwords', { passwordPolicy: { ...REQUIRED, ...inputs } })
const domain = (inputs: object) => declared(identity.DomainsPasswordPolicy, 'passwords', { ...LEAST, ...inputs })

cases(rule, {
  passes: { 'all kinds': tenancy({}), 'all kinds in a domain': domain({ minSpecialChars: 2 }) },
  breaks: {
    'a kind that is not required': [
      tenancy({ isNumericCharactersRequired: false }),
      'passwords: passwordPolicy.isNumericCharactersRequired is false; write true.',
    ],
    'two of which nothing is said': [
      tenancy({ isLowercaseCharactersRequired: undefined, isUppercaseCharactersRequired: undefined }),
      /isLowercaseCharactersRequired is not set/,
      /isUppercaseCharactersRequired is not set/,
    ],
    'none of a kind in a domain': [domain({ minNumerals: 0 }), 'passwords: minNumerals is 0; write 1 or more.'],
  },
})
