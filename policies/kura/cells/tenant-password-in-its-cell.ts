import { core } from '@pulumi/kubernetes'
import { RandomPassword } from '@pulumi/random'
import { stackRule } from '../../rule/index.ts'
import { cellsOf, within } from '../cells.ts'
import { tenantOf } from '../passwords.ts'

export default stackRule(
  {
    name: 'tenant-password-in-its-cell',
    description: "A cell's Secret holds the passwords of its institutions' databases, and nobody else's is there.",
    severity: 'critical',
    level: 'mandatory',
    serves: ['Kura tenant-cell', 'Kura cell-isolation'],
  },
  core.v1.Secret,
  (stack, tell) => {
    for (const { namespace, tenants, whole } of cellsOf(stack)) {
      const ids = tenants.map(({ id }) => id)
      const held = within(stack, core.v1.Secret, namespace).flatMap((secret) =>
        ['stringData', 'data'].flatMap((property) =>
          stack.linked(secret, property, RandomPassword).flatMap((password) => {
            const id = tenantOf(password)
            return id === undefined ? [] : [{ id, secret, property }]
          }),
        ),
      )
      for (const id of ids)
        if (!held.some((one) => one.id === id))
          tell(whole, { lacks: `password of ${id}`, write: `tenant.${id} into its Secret` })
      for (const { id, secret, property } of held)
        if (!ids.includes(id))
          tell(secret, { at: property, holds: `the password of ${id}`, write: `those of ${ids.join(', ')} alone` })
    }
  },
)
