import { identity } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './user-capabilities-used.ts'

const user = declared(identity.User, 'backup', {})
const NONE = {
  canUseApiKeys: false,
  canUseAuthTokens: false,
  canUseCustomerSecretKeys: false,
  canUseSmtpCredentials: false,
}
const linked = { userId: [user] }
const capabilities = (inputs: object) =>
  declared(identity.UserCapabilitiesManagement, 'backup-can', { ...NONE, ...inputs }, { linked })
const key = declared(identity.CustomerSecretKey, 'backup-key', {}, { linked })

cases(rule, {
  passes: {
    'a user without credentials': [user, capabilities({})],
    'a user with the credential that it may have': [user, capabilities({ canUseCustomerSecretKeys: true }), key],
  },
  breaks: {
    'a kind that is allowed and not used': [
      [user, capabilities({ canUseCustomerSecretKeys: true, canUseApiKeys: true }), key],
      'backup has no limit to the credentials that it uses; write a UserCapabilitiesManagement with canUseApiKeys: false.',
    ],
    'a kind of which nothing is said': [
      [user, capabilities({ canUseSmtpCredentials: undefined })],
      /with canUseSmtpCredentials: false\.$/,
    ],
    'a user whose capabilities are not limited': [
      [user, key],
      /with canUseApiKeys: false, canUseAuthTokens: false, canUseSmtpCredentials: false\.$/,
    ],
  },
})
