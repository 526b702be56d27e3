import { identity } from '@pulumi/oci'
import { resourceRule } from '../../rule/index.ts'

export default resourceRule(
  {
    name: 'program-without-api-key',
    description:
      'Programs prove who they are by where they run: as an instance, a resource or a workload, not by an API key.',
    severity: 'medium',
    level: 'advisory',
    serves: ['CIS 1.14', 'CIS 1.8'],
  },
  identity.ApiKey,
  (_props, tell) =>
    tell({
      at: 'keyValue',
      holds: 'a key that never ends',
      write: 'a dynamic group or a condition on request.principal, and no key',
    }),
)
