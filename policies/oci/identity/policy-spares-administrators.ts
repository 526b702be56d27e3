import { ADMINISTRATORS, grantRule, isOfAdministrators } from '../grants.ts'
import { grants, mayHold } from '../statements.ts'

/** What changes who is a member of a group, where single permissions are listed. */
const PERMISSIONS = ['GROUP_UPDATE', 'USER_UPDATE']

export default grantRule(
  {
    name: 'policy-spares-administrators',
    description: 'Who manages users or groups cannot make anybody an administrator of the tenancy.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['CIS 1.3'],
    settings: ADMINISTRATORS,
  },
  (grant, { administrators }) => {
    const changes =
      grants(grant, 'use', ['users', 'groups', 'all-resources']) ||
      grant.permissions.some((permission) => PERMISSIONS.includes(permission))
    // Users and groups lie in the root alone: a statement about a compartment reaches none.
    if (!changes || grant.location.kind !== 'tenancy' || isOfAdministrators(grant, administrators)) return undefined
    // Conditions know groups by their names.
    const reached = administrators
      .filter((name) => !name.startsWith('ocid1.'))
      .find((name) => mayHold(grant.condition, { 'target.group.name': name }))
    if (reached === undefined) return undefined
    return grant.resource === 'all-resources'
      ? 'the services that it is about, and not users and groups'
      : `the condition target.group.name != '${reached}'`
  },
)
