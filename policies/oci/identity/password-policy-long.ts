import { identity } from '@pulumi/oci'
import { type PropsOf, resourceRule, setting } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'password-policy-long',
    description: 'A password is long.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['CIS 1.4', 'CKV_OCI_18'],
    settings: {
      characters: setting(14, { type: 'integer', minimum: 8, description: 'How many characters it has at least.' }),
    },
  },
  [identity.AuthenticationPolicy, identity.DomainsPasswordPolicy],
  (props, tell, { resource, settings: { characters } }) => {
    const [at, length] = resource.type.endsWith(':AuthenticationPolicy')
      ? ([
          'passwordPolicy.minimumPasswordLength',
          (props as PropsOf<typeof identity.AuthenticationPolicy>).passwordPolicy?.minimumPasswordLength,
        ] as const)
      : (['minLength', (props as PropsOf<typeof identity.DomainsPasswordPolicy>).minLength] as const)
    if (length === undefined || length < characters) tell({ at, is: length, write: `${characters} or more` })
  },
)
