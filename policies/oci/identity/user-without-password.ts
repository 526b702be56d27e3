import { identity } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'
import { capabilitiesOf } from '../users.ts'

export default stackRule(
  {
    name: 'user-without-password',
    description:
      'A user that a program makes has no password for the console: people come by an identity provider, with a second factor.',
    severity: 'high',
    level: 'mandatory',
    serves: ['CIS 1.7'],
  },
  identity.User,
  (stack, tell, { each }) =>
    each(identity.User, (user) => {
      const { canUseConsolePassword = true } = capabilitiesOf(stack, user) ?? {}
      if (canUseConsolePassword)
        tell(user, {
          lacks: 'capabilities without a console password',
          write: 'a UserCapabilitiesManagement with canUseConsolePassword: false',
        })
    }),
)
