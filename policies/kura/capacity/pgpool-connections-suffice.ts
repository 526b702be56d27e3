import { core } from '@pulumi/kubernetes'
import { stackRule } from '../../rule/index.ts'
import { connectionsOf } from '../connections.ts'

export default stackRule(
  {
    name: 'pgpool-connections-suffice',
    description: 'pgpool-II takes the connections of all cells, all of them rolling, with one of its pods gone.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura connections'],
  },
  core.v1.ConfigMap,
  (stack, tell, { each }) => {
    const plan = connectionsOf(stack)
    if (!plan) return
    const { cells, pgpool } = plan
    const free = pgpool.pods > 1 ? pgpool.freeShort : pgpool.free
    if (free >= 0) return
    const serving = Math.max(1, pgpool.pods - 1)
    each(core.v1.ConfigMap, (configuration) => {
      if ('pgpool.conf' in (configuration.props.data ?? {}))
        tell(configuration, {
          at: 'num_init_children of data["pgpool.conf"]',
          holds: `${-free} too few for ${cells.connections} connections of cells`,
          write: `${Math.ceil(-free / serving)} more, or fewer connections of each process (kura.json)`,
        })
    })
  },
)
