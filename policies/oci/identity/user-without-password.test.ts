import { identity } from '@pulumi/oci'
import { cases, declared } from '../../../test/support/rule.ts'
import rule from './user-without-password.ts'

const user = declared(identity.User, 'backup', {})
const other = declared(identity.User, 'restore', {})
const capabilities = (inputs: object, of = user) =>
  declared(identity.UserCapabilitiesManagement, `${of.name}-can`, { ...inputs }, { linked: { userId: [of] } })
const lacking =
  'backup has no capabilities without a console password; write a UserCapabilitiesManagement with canUseConsolePassword: false.'

cases(rule, {
  passes: { 'a user that can have none': [user, capabilities({ canUseConsolePassword: false })] },
  breaks: {
    'a user whose capabilities are not limited': [user, lacking],
    'capabilities that do not speak of it': [[user, capabilities({ canUseApiKeys: false })], lacking],
    'a user that can have one': [[user, capabilities({ canUseConsolePassword: true })], lacking],
    'capabilities of another user': [[user, other, capabilities({ canUseConsolePassword: false }, other)], lacking],
  },
})
