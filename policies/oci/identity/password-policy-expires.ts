import { identity } from '@pulumi/oci'
import { resourceRule, setting } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'password-policy-expires',
    description: 'A password of a domain ends within a year. The policy of a tenancy without domains cannot say so.',
    severity: 'low',
    level: 'mandatory',
    serves: ['CIS 1.5'],
    settings: {
      days: setting(365, { type: 'integer', minimum: 1, description: 'After how many days it ends at the latest.' }),
    },
  },
  identity.DomainsPasswordPolicy,
  ({ passwordExpiresAfter }, tell, { settings: { days } }) => {
    // None, or 0, is never.
    if (!passwordExpiresAfter || passwordExpiresAfter > days)
      tell({ at: 'passwordExpiresAfter', is: passwordExpiresAfter, write: `${days} or less` })
  },
)
