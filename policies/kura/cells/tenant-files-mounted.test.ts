import { all, cellOf, changed } from '../../../test/support/cell.ts'
import { cases } from '../../../test/support/rule.ts'
import rule from './tenant-files-mounted.ts'

const cell = cellOf('nishi', { yukimi: ['yukimi.example'], aozora: ['aozora.example'] })
// biome-ignore lint/suspicious/noExplicitAny: volumes of made-up pods.
const mounted = (by: (sources: any[]) => void) =>
  all(cell, { worker: changed(cell.worker, ({ spec }) => by(spec.template.spec.volumes[0].projected.sources)) })

cases(rule, {
  passes: {
    'pods that find everything': all(cell),
    'a volume that is not for the application': mounted((sources) => sources.splice(0)),
  },
  breaks: {
    'a password that is missing': [
      mounted(([, { secret }]) => secret.items.pop()),
      'kura-cell-nishi-worker: spec.template.spec.volumes[0].projected holds no secrets/tenants/aozora; write {"key": "tenant.aozora", "path": "secrets/tenants/aozora"} among its items.',
    ],
    'a file that is missing': [mounted(([{ configMap }]) => configMap.items.pop()), /holds no tenants\/aozora\.json/],
    "another institution's password in its place": [
      mounted(([, { secret }]) => {
        secret.items[0].key = 'tenant.aozora'
      }),
      /holds no secrets\/tenants\/yukimi/,
    ],
  },
})
