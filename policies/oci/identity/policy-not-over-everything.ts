import { ADMINISTRATORS, grantRule, isOfAdministrators } from '../grants.ts'
import { grants } from '../statements.ts'

export default grantRule(
  {
    name: 'policy-not-over-everything',
    description: 'Only administrators of the tenancy manage everything in it.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['CIS 1.2'],
    settings: ADMINISTRATORS,
  },
  (grant, { administrators }) =>
    grant.location.kind === 'tenancy' &&
    grants(grant, 'manage', ['all-resources']) &&
    !isOfAdministrators(grant, administrators)
      ? 'the services that it is about, and a compartment'
      : undefined,
)
