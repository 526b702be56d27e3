import { grantRule, isOfEverybody } from '../grants.ts'

export default grantRule(
  {
    name: 'policy-names-who',
    description: 'Nobody may do something just because of being able to sign in.',
    severity: 'high',
    level: 'mandatory',
    serves: ['OBP least-privilege'],
  },
  (grant) =>
    isOfEverybody(grant)
      ? 'a group, or the condition that request.principal.type is the type of a resource'
      : undefined,
)
