import { identity } from '@pulumi/oci'
import { resourceRule, setting } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'password-policy-remembers',
    description:
      'A password of a domain is not used again soon. The policy of a tenancy without domains cannot say so.',
    severity: 'low',
    level: 'mandatory',
    serves: ['CIS 1.6'],
    settings: {
      passwords: setting(24, { type: 'integer', minimum: 1, description: 'How many former ones are refused.' }),
    },
  },
  identity.DomainsPasswordPolicy,
  ({ numPasswordsInHistory }, tell, { settings: { passwords } }) => {
    if (numPasswordsInHistory === undefined || numPasswordsInHistory < passwords)
      tell({ at: 'numPasswordsInHistory', is: numPasswordsInHistory, write: `${passwords} or more` })
  },
)
