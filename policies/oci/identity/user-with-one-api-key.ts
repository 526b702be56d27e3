import { identity } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'
import { ofUser } from '../users.ts'

export default stackRule(
  {
    name: 'user-with-one-api-key',
    description: 'A user has one API key at a time.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['CIS 1.17'],
  },
  identity.User,
  (stack, tell, { each }) =>
    each(identity.User, (user) => {
      const keys = ofUser(stack, identity.ApiKey, user)
      if (keys.length > 1)
        tell(user, { at: 'API keys', is: keys.map(({ name }) => name), write: 'one, and delete the others' })
    }),
)
