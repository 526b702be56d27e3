import { resourceRule } from '../../rule/index.ts'
import { typeOf } from '../../rule/kind.ts'
import { Gateway, HTTPRoute } from '../kinds.ts'

/** Items that the Gateway API's schema allows in a list. */
const LIMITS: Record<string, Record<string, number>> = {
  [typeOf(HTTPRoute)]: { hostnames: 16, rules: 16 },
  [typeOf(Gateway)]: { listeners: 64 },
}

export default resourceRule(
  {
    name: 'route-within-limits',
    description: 'Routes and gateways have no more hosts, rules and listeners than the cluster takes.',
    severity: 'medium',
    level: 'mandatory',
    serves: ['Kura route-service'],
  },
  [HTTPRoute, Gateway],
  (_props, tell, { resource }) => {
    for (const [list, most] of Object.entries(LIMITS[resource.type] ?? {})) {
      const { length } = resource.props.spec?.[list] ?? []
      if (length > most)
        tell({ at: `spec.${list}`, holds: `${length} items`, write: `at most ${most}, and the others into another` })
    }
  },
)
