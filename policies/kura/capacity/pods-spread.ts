import { FAULT_DOMAIN, HOST } from '../../../infra/cluster/placement.ts'
import { stackRule } from '../../rule/index.ts'
import { PLACED, placementsOf } from '../placements.ts'

export default stackRule(
  {
    name: 'pods-spread',
    description: 'Pods of one kind are spread over fault domains and over hosts.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura spread'],
  },
  PLACED,
  (stack, tell) => {
    for (const { resource, at, daemon, job, spread } of placementsOf(stack)) {
      if (daemon || job || !spread) continue
      const keys = spread.map(({ topologyKey }) => topologyKey)
      for (const key of [FAULT_DOMAIN, HOST])
        if (!keys.includes(key))
          tell(resource, { at: `${at}.topologySpreadConstraints`, is: keys, write: `one of topologyKey "${key}" too` })
    }
  },
)
