import { ADMINISTRATORS, grantRule, isOfAdministrators } from '../grants.ts'
import { grants } from '../statements.ts'

export default grantRule(
  {
    name: 'policy-names-services',
    description: 'Who changes something in a compartment has rights for services one by one, not for everything there.',
    severity: 'medium',
    level: 'advisory',
    serves: ['CIS 1.1'],
    settings: ADMINISTRATORS,
  },
  (grant, { administrators }) =>
    grant.location.kind === 'compartment' &&
    grants(grant, 'use', ['all-resources']) &&
    !isOfAdministrators(grant, administrators)
      ? 'a statement for each service, such as "manage virtual-network-family"'
      : undefined,
)
