import { stackRule } from '../../rule/index.ts'
import { ADMINISTRATORS } from '../grants.ts'
import { API_KEYS, groupsOf, usersOf } from '../users.ts'

export default stackRule(
  {
    name: 'administrator-without-api-key',
    description: 'Administrators of the tenancy have no API keys: whoever finds one has everything.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['CIS 1.12', 'CKV2_OCI_1'],
    settings: ADMINISTRATORS,
  },
  API_KEYS,
  (stack, tell, { each, settings: { administrators } }) => {
    const known = administrators.map((name) => name.toLowerCase())
    each(API_KEYS, (key) => {
      const groups = usersOf(stack, key).flatMap((user) => groupsOf(stack, user))
      if (groups.some((group) => known.includes(group.toLowerCase())))
        tell(key, {
          at: key.resource.type.endsWith(':ApiKey') ? 'userId' : 'user',
          holds: 'an administrator',
          write: 'a user that may do what the key is for, and no more',
        })
    })
  },
)
