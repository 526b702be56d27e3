import { stackRule } from '../../rule/index.ts'
import { API_KEYS, ofUser, USERS } from '../users.ts'

export default stackRule(
  {
    name: 'user-with-one-api-key',
    description: 'A user has one API key at a time.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['CIS 1.17'],
  },
  USERS,
  (stack, tell, { each }) =>
    each(USERS, (user) => {
      const keys = ofUser(stack, API_KEYS, user)
      if (keys.length > 1)
        tell(user, { at: 'API keys', is: keys.map(({ name }) => name), write: 'one, and delete the others' })
    }),
)
