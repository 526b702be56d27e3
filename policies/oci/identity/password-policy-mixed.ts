import { identity } from '@pulumi/oci'
import { type PropsOf, resourceRule } from '../../rule/index.ts'

const REQUIRED = [
  'isLowercaseCharactersRequired',
  'isNumericCharactersRequired',
  'isSpecialCharactersRequired',
  'isUppercaseCharactersRequired',
] as const

/** The same in a domain. */
const LEAST = ['minLowerCase', 'minNumerals', 'minSpecialChars', 'minUpperCase'] as const

export default resourceRule(
  {
    name: 'password-policy-mixed',
    description: 'A password has small and capital letters, digits and other characters.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['CKV_OCI_11', 'CKV_OCI_12', 'CKV_OCI_13', 'CKV_OCI_14'],
  },
  [identity.AuthenticationPolicy, identity.DomainsPasswordPolicy],
  (props, tell, { resource }) => {
    if (resource.type.endsWith(':AuthenticationPolicy')) {
      const { passwordPolicy } = props as PropsOf<typeof identity.AuthenticationPolicy>
      for (const key of REQUIRED)
        if (!passwordPolicy?.[key]) tell({ at: `passwordPolicy.${key}`, is: passwordPolicy?.[key], write: 'true' })
    } else {
      const domain = props as PropsOf<typeof identity.DomainsPasswordPolicy>
      for (const key of LEAST) if (!domain[key]) tell({ at: key, is: domain[key], write: '1 or more' })
    }
  },
)
