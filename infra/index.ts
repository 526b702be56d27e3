import { Provider } from '@pulumi/oci/provider.js'
import { Cluster } from './cluster/index.ts'
import { findNodeImage } from './cluster/node-image.ts'
import { Operators } from './cluster/operators.ts'
import { Data } from './data/index.ts'
import { Gateway } from './edge/gateway.ts'
import { hostGroups } from './edge/host-groups.ts'
import { Edge } from './edge/index.ts'
import { HandleAddress } from './identity/handle-address.ts'
import { Identity } from './identity/index.ts'
import { Network } from './network/index.ts'
import { Access } from './operations/access.ts'
import { Alarms } from './operations/alarms.ts'
import { Delivery } from './operations/delivery/index.ts'
import { Nightly } from './operations/delivery/nightly.ts'
import { Events } from './operations/events.ts'
import { Logging } from './operations/logging.ts'
import { Metrics } from './operations/metrics/index.ts'
import { Tenancy } from './operations/tenancy.ts'
import { Backups } from './protection/backups/index.ts'
import { Keys } from './protection/keys.ts'
import { Cell } from './repositories/cell.ts'
import { Passwords } from './repositories/passwords.ts'
import { readSettings, wrongSetting } from './settings.ts'
import { Directories } from './storage/directories.ts'
import { Files } from './storage/files.ts'
import { Storage } from './storage/index.ts'
import { readTenants } from './tenants/read.ts'

/** The platform from top to bottom. What a stack may set stands in `settings.ts`, its institutions in `tenants/`. */

// The SDK takes the stack of all that it waits for. Its runner has stacks mapped to the sources of compiled programs, which
// is half of what this one takes with 664 institutions; and it is not compiled: lines stay where they are.
Reflect.deleteProperty(Error, 'prepareStackTrace')

const settings = readSettings()
const tenants = readTenants(settings.tenants, settings.cells.institutions)
const groups = hostGroups(tenants, settings)
const cells = [...Map.groupBy(tenants, ({ cell }) => cell)].sort(([a], [b]) => (a < b ? -1 : 1))
const cellNames = cells.map(([cell]) => cell)

for (const pinned of Object.keys(settings.cells.pins))
  if (!cellNames.includes(pinned))
    throw wrongSetting(`cells.pins.${pinned}`, `is no cell; allowed: ${cellNames.join(', ')}`)
const uploads = Math.max(...tenants.map(({ limits }) => limits.upload))
if (uploads > settings.edge.upload)
  throw wrongSetting('edge.upload', `is less than an institution may upload; allowed: ${uploads} or more`)

// In Oracle Cloud
const cloud = { provider: new Provider('kura-oracle', { region: settings.region }) }
const home = new Provider('kura-home', { region: settings.homeRegion })
const keys = new Keys('kura-keys', { settings, home }, cloud)
const network = new Network('kura-network', settings, cloud)
const edge = new Edge('kura-edge', { settings, network, groups }, cloud)
const handle = new HandleAddress('kura-handle', settings, edge, cloud)
const cluster = new Cluster('kura-cluster', settings, await findNodeImage(settings, cloud), network, keys, cloud)
const storage = new Storage('kura-storage', { settings, keys, home }, cloud)
const files = new Files('kura-files', { settings, keys, network, cells: cellNames }, cloud)
const alarms = new Alarms('kura-alarms', { settings, groups }, cloud)
const access = new Access('kura-access', { settings, network, cluster, storage, keys, home }, cloud)

// Inside the cluster, once nodes may pull images and pods may do what they are there for
const inside = { provider: cluster.kubernetes, dependsOn: [cluster.pools.web, cluster.addons, access] }
const operators = new Operators('kura-operators', { settings, cluster, keys }, inside)
const ready = { ...inside, dependsOn: [operators] }
const { listening } = new Gateway('kura-gateway', { settings, cluster, network, edge, groups }, ready)
const directories = new Directories('kura-directories', { settings, files, cells: cellNames }, ready)
const data = new Data(
  'kura-data',
  { settings, cells: cells.length, cluster, operators, storage, files },
  {
    ...inside,
    dependsOn: [operators, directories.of('elasticsearch')],
  },
)
const { scanner } = new Identity(
  'kura-identity',
  { settings, tenants, network, edge, data, handle },
  { ...inside, dependsOn: [data, listening] },
)
const passwords = new Passwords(
  'kura-passwords',
  tenants.map(({ id }) => id),
  settings.cells.passwords,
)
for (const [cell, members] of cells)
  new Cell(
    `kura-cell-${cell}`,
    { cell, tenants: members, settings, passwords, data, storage, files, scanner },
    { ...inside, dependsOn: [data, listening, directories.of(`cell-${cell}`)] },
  )
new Backups(
  'kura-backups',
  { settings, tenants, data, storage, files },
  {
    ...inside,
    dependsOn: [data, directories.of('postgresql')],
  },
)
new Metrics('kura-metrics', { settings, groups, agentKey: alarms.agentKey }, ready)

// How it is watched and changed
new Logging('kura-logging', { settings, network, storage, edge, access }, cloud)
new Events('kura-events', { settings, alarms }, cloud)
const delivery = new Delivery('kura-delivery', { settings, network, alarms }, cloud)
new Nightly('kura-nightly', { settings, delivery }, ready)
if (settings.tenancy === 'manage') new Tenancy('kura-tenancy', { settings }, { provider: home })

/** Addresses of the institutions. */
export const institutions = Object.fromEntries(tenants.map(({ id, hosts }) => [id, `https://${hosts[0]}`]))
