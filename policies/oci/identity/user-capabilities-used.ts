import { identity } from '@pulumi/oci'
import { type Kind, stackRule } from '../../rule/index.ts'
import { capabilitiesOf, ofUser } from '../users.ts'

/** Kinds of credentials, by the capability that allows them. */
const CREDENTIALS = {
  canUseApiKeys: identity.ApiKey,
  canUseAuthTokens: identity.AuthToken,
  canUseCustomerSecretKeys: identity.CustomerSecretKey,
  canUseSmtpCredentials: identity.SmtpCredential,
} satisfies Record<string, Kind>

export default stackRule(
  {
    name: 'user-capabilities-used',
    description: 'A user may have the kinds of credentials that are declared for it, and no others.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['OBP least-privilege'],
  },
  identity.User,
  (stack, tell, { each }) =>
    each(identity.User, (user) => {
      const capabilities = capabilitiesOf(stack, user) ?? {}
      const unused = Object.entries(CREDENTIALS)
        .filter(([capability, kind]) => {
          const { [capability as keyof typeof CREDENTIALS]: allowed = true } = capabilities as Record<string, boolean>
          return allowed && ofUser<Kind>(stack, kind, user).length === 0
        })
        .map(([capability]) => `${capability}: false`)
      if (unused.length > 0)
        tell(user, {
          lacks: 'limit to the credentials that it uses',
          write: `a UserCapabilitiesManagement with ${unused.join(', ')}`,
        })
    }),
)
