import { core } from '@pulumi/kubernetes'
import { stackRule } from '../../rule/index.ts'
import { cellsOf } from '../cells.ts'

export default stackRule(
  {
    name: 'tenant-host-own',
    description: 'No host belongs to two institutions.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['Kura tenant-route'],
  },
  core.v1.ConfigMap,
  (stack, tell) => {
    const hosts = cellsOf(stack).flatMap(({ configuration, tenants }) =>
      tenants.flatMap(({ id, hosts }) => hosts.map((host) => ({ configuration, id, host: host.toLowerCase() }))),
    )
    for (const [host, owners] of Map.groupBy(hosts, (one) => one.host))
      for (const { configuration, id } of owners) {
        const others = owners.flatMap((owner) => (owner.id === id ? [] : [owner.id]))
        if (others.length > 0)
          tell(configuration, {
            at: `data["tenant.${id}.json"].hosts`,
            holds: `${host}, which ${others.join(', ')} has too`,
            write: 'hosts of its own',
          })
      }
  },
)
