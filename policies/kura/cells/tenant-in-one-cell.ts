import { core } from '@pulumi/kubernetes'
import { RandomPassword } from '@pulumi/random'
import { stackRule } from '../../rule/index.ts'
import { cellsOf } from '../cells.ts'
import { tenantOf } from '../passwords.ts'

export default stackRule(
  {
    name: 'tenant-in-one-cell',
    description: 'Every institution is served by one cell, the one that its file names.',
    severity: 'critical',
    level: 'mandatory',
    serves: ['Kura tenant-cell'],
  },
  [core.v1.ConfigMap, RandomPassword],
  (stack, tell, { each }) => {
    const cells = cellsOf(stack)
    const served = Map.groupBy(
      cells.flatMap((cell) => cell.tenants.map((tenant) => ({ cell, tenant }))),
      ({ tenant }) => tenant.id,
    )
    for (const [id, places] of served)
      for (const { cell, tenant } of places) {
        const at = `data["tenant.${id}.json"]`
        const others = places.flatMap((place) => (place.cell === cell ? [] : [place.cell.namespace]))
        if (others.length > 0)
          tell(cell.configuration, { at, holds: `an institution of ${others.join(', ')} too`, write: 'it in one cell' })
        if (tenant.cell !== cell.name)
          tell(cell.configuration, { at: `${at}.cell`, is: tenant.cell, write: `"${cell.name}", or it in its cell` })
      }
    // Every institution has a password, wherever it is.
    each(RandomPassword, (password) => {
      const id = tenantOf(password)
      if (id !== undefined && !served.has(id))
        tell(password, {
          lacks: 'cell that serves its institution',
          write: `tenant.${id}.json in the configuration of one`,
        })
    })
  },
)
