import { resourceRule } from '../../rule/index.ts'
import { API_KEYS } from '../users.ts'

export default resourceRule(
  {
    name: 'program-without-api-key',
    description:
      'Programs prove who they are by where they run: as an instance, a resource or a workload, not by an API key.',
    severity: 'medium',
    level: 'advisory',
    serves: ['CIS 1.14', 'CIS 1.8'],
  },
  API_KEYS,
  (props, tell) =>
    tell({
      at: 'key' in props ? 'key' : 'keyValue',
      holds: 'a key that never ends',
      write: 'a dynamic group or a condition on request.principal, and no key',
    }),
)
