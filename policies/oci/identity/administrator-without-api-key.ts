import { identity } from '@pulumi/oci'
import { stackRule } from '../../rule/index.ts'
import { ADMINISTRATORS } from '../grants.ts'
import { ofUser } from '../users.ts'

export default stackRule(
  {
    name: 'administrator-without-api-key',
    description: 'Administrators of the tenancy have no API keys: whoever finds one has everything.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['CIS 1.12', 'CKV2_OCI_1'],
    settings: ADMINISTRATORS,
  },
  identity.ApiKey,
  (stack, tell, { each, settings: { administrators } }) => {
    const isAdministrators = (group: string | undefined) =>
      administrators.some((name) => name.toLowerCase() === group?.toLowerCase())
    each(identity.ApiKey, (key) => {
      const memberships = stack
        .linked(key, 'userId', identity.User)
        .flatMap((user) => ofUser(stack, identity.UserGroupMembership, user))
      const isOne = memberships.some((membership) => {
        const groups = stack.linked(membership, 'groupId', identity.Group)
        return groups.length > 0
          ? groups.some(({ props }) => isAdministrators(props.name))
          : isAdministrators(membership.props.groupId)
      })
      if (isOne)
        tell(key, {
          at: 'userId',
          holds: 'an administrator',
          write: 'a user that may do what the key is for, and no more',
        })
    })
  },
)
