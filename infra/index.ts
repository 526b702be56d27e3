import { Provider } from '@pulumi/oci/provider.js'
import { Cluster } from './cluster/index.ts'
import { findNodeImage } from './cluster/node-image.ts'
import { Data } from './data/index.ts'
import { Network } from './network/index.ts'
import { Cell } from './repositories/cell.ts'
import { Passwords } from './repositories/passwords.ts'
import { readSettings, wrongSetting } from './settings.ts'
import { Storage } from './storage/index.ts'
import { readTenants } from './tenants/read.ts'

/** The platform from top to bottom. What a stack may set stands in `settings.ts`, its institutions in `tenants/`. */

const settings = readSettings()
const tenants = readTenants(settings.tenants, settings.cells.institutions)
const cells = [...Map.groupBy(tenants, ({ cell }) => cell)].sort(([a], [b]) => (a < b ? -1 : 1))

for (const pinned of Object.keys(settings.cells.pins))
  if (!cells.some(([cell]) => cell === pinned))
    throw wrongSetting(`cells.pins.${pinned}`, `is no cell; allowed: ${cells.map(([cell]) => cell).join(', ')}`)

// In Oracle Cloud
const cloud = { provider: new Provider('kura-oracle', { region: settings.region }) }
const network = new Network('kura-network', settings, cloud)
const cluster = new Cluster('kura-cluster', settings, await findNodeImage(settings, cloud), network, cloud)
const storage = new Storage('kura-storage', settings, cloud)

// Inside the cluster
const inside = { provider: cluster.kubernetes }
const data = new Data('kura-data', settings, cells.length, cluster, inside)
const passwords = new Passwords(
  'kura-passwords',
  tenants.map(({ id }) => id),
)
for (const [cell, members] of cells)
  new Cell(
    `kura-cell-${cell}`,
    { cell, tenants: members, settings, passwords, data, storage },
    { ...inside, dependsOn: [data, cluster.pools.web] },
  )

/** Addresses of the institutions. */
export const institutions = Object.fromEntries(tenants.map(({ id, hosts }) => [id, `https://${hosts[0]}`]))
