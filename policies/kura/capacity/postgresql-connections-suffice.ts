import { custom, stackRule } from '../../rule/index.ts'
import { connectionsOf } from '../connections.ts'

const Postgresql = custom<object>('kubernetes:acid.zalan.do/v1:postgresql')

export default stackRule(
  {
    name: 'postgresql-connections-suffice',
    description: 'PostgreSQL takes, and has memory for, all connections that pods may open at one time.',
    severity: 'high',
    level: 'mandatory',
    serves: ['Kura connections'],
  },
  Postgresql,
  (stack, tell, { each }) => {
    const plan = connectionsOf(stack)
    each(Postgresql, (cluster) => {
      if (!plan) return
      const { max, free, memory, buffers, connections } = plan.postgresql
      if (free < 0)
        tell(cluster, {
          at: 'spec.postgresql.parameters.max_connections',
          holds: `${max}, and pods open ${plan.used}`,
          write: `"${plan.used}" at least`,
        })
      const needed = Math.ceil(buffers + connections)
      if (memory > 0 && needed > memory)
        tell(cluster, {
          at: 'spec.resources.limits.memory',
          holds: `${memory} MiB; shared buffers and ${plan.used} connections take ${needed}`,
          write: `"${needed}Mi" at least, or fewer connections`,
        })
    })
  },
)
