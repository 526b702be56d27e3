import { readBuckets } from './buckets.ts'
import type { Declared } from './declared.ts'
import type { EdgePlan } from './edge.ts'
import type { Pool } from './model.ts'
import { HOURS_PER_MONTH, PRICE_LIST, PRICES, type Price, SHAPES } from './prices.ts'
import type { StoragePlan } from './storage.ts'

/** What brings nodes' logs to where they are paid for. */
const AGENTS = 'oci:Logging/unifiedAgentConfiguration:UnifiedAgentConfiguration'

/** What a month costs by list prices. */
export interface CostPlan {
  date: string
  currency: string
  lines: CostLine[]
  parts: { part: string; monthly: number }[]
  total: number
  /** What nobody declares, and the figures that are reckoned with. */
  assumptions: string[]
  /** What costs something and is not in the sum. */
  unpriced: string[]
}

export interface CostLine {
  /** Part of the platform. */
  part: string
  what: string
  number: string
  quantity: number
  unit: string
  price: number
  monthly: number
}

/** What cannot be read from a declaration. Each is printed with the sum. */
const ASSUMED = {
  /** GiB of a database for each item: 100,000 records took 1,567 MiB (docs/figures.md). */
  databasePerItem: 1567 / 1024 / 100_000,
  /** Items of an institution, where no usage is given (the old system's average). */
  items: 2700,
  /** GiB of staging in each cell's file system. */
  staging: 5,
  /** GiB of logs that each node writes in a month. */
  logsPerNode: 15,
  /** Millions of requests for each institution in a month. */
  requests: 0.5,
  /** GiB that leave for the internet for each GiB that is stored. */
  egress: 2,
  /** A dump of a day, WAL with its base backups, and snapshots, as times of the databases. */
  dump: 0.25,
  wal: 10,
  snapshots: 2,
}

/** Services of Oracle that cost nothing by themselves. */
const FREE = new Set([
  'Bastion',
  'Budget',
  'CertificatesManagement',
  'CloudGuard',
  'Events',
  'Identity',
  'Limits',
  'ManagementAgent',
  'Sch',
  'VulnerabilityScanning',
])

/** Services that have lines, all or in part. */
const PRICED = new Set([
  'ContainerEngine',
  'Core',
  'FileStorage',
  'Kms',
  'LoadBalancer',
  'Logging',
  'ObjectStorage',
  'Waf',
])

/** What services cost that is not in the sum. */
const UNPRICED: Record<string, string> = {
  Artifacts: 'what the registry stores',
  Core: "the partner's and SINET's own charges for the circuits",
  DevOps: 'builds and deployments of the DevOps service (compute by the second)',
  Dns: 'queries of DNS',
  HealthChecks: 'health checks from outside beyond the free ones',
  Monitoring: 'metrics beyond the free 500 million points',
  ObjectStorage:
    'requests to object storage (0.0034 for 10,000), restoring from the archive, old versions of files, and the transfer to another region',
  Ons: 'notifications beyond the free ones',
}

export function planCost(
  declared: Declared,
  {
    pools,
    storage,
    edge,
    institutions,
  }: {
    pools: Pool[]
    storage: StoragePlan
    edge: EdgePlan
    institutions: number
  },
): CostPlan {
  const lines: CostLine[] = []
  const add = (part: string, what: string, price: Price, quantity: number) => {
    if (quantity <= 0) return
    const monthly = Math.max(0, quantity - (price.free ?? 0)) * price.price
    lines.push({ part, what, number: price.part, quantity, unit: price.unit, price: price.price, monthly })
  }
  const partOf = (type: string, otherwise: string) => {
    const [first] = declared.of(type)
    return first ? declared.part(first.resource) : otherwise
  }

  const cluster = partOf('oci:ContainerEngine/cluster:Cluster', 'kura-cluster')
  add(
    cluster,
    'OKE, enhanced cluster',
    PRICES.cluster,
    declared.count('oci:ContainerEngine/cluster:Cluster') * HOURS_PER_MONTH,
  )
  const strange = new Set<string>()
  for (const { name, nodes, vcpu, memory, shape, bootVolume } of pools) {
    const prices = SHAPES[/\.(E\d+)\./.exec(shape)?.[1] ?? '']
    if (!prices) strange.add(`nodes of the shape ${shape}: the list has no price for it`)
    else {
      add(cluster, `${name} nodes, OCPU`, prices.ocpu, (nodes * vcpu * HOURS_PER_MONTH) / 2)
      add(cluster, `${name} nodes, memory`, prices.memory, nodes * memory * HOURS_PER_MONTH)
    }
    add(cluster, `${name} boot volumes`, block(BALANCED), nodes * bootVolume)
  }
  for (const { name, part, count, each } of storage.blockVolumes)
    add(part, `volumes of ${name}`, block(BALANCED), count * each)

  const items = storage.used?.items ?? institutions * ASSUMED.items
  const databases = items * ASSUMED.databasePerItem
  const contents = storage.used?.gib ?? storage.limit
  const logs = pools.reduce((sum, { nodes }) => sum + nodes, 0) * ASSUMED.logsPerNode
  for (const { bucket, part, standard, archived } of readBuckets(declared, {
    contents: { stands: contents },
    dumps: { daily: databases * ASSUMED.dump },
    wal: { stands: databases * ASSUMED.wal },
    snapshots: { stands: databases * ASSUMED.snapshots },
    logs: { daily: (logs * 12) / 365 },
  })) {
    add(part, bucket, PRICES.objects, standard)
    add(part, `${bucket}, archived`, PRICES.archive, archived)
  }
  const cells = storage.fileSystems.length
  if (cells > 0)
    add(
      partOf('oci:FileStorage/fileSystem:FileSystem', 'kura-files'),
      'file systems',
      PRICES.files,
      cells * ASSUMED.staging + databases * 2,
    )

  const balancers = edge.balancers.filter(({ kind }) => kind === 'load balancer')
  add('kura-edge', 'load balancers', PRICES.balancer, balancers.length * HOURS_PER_MONTH)
  add(
    'kura-edge',
    'bandwidth that they always have',
    PRICES.bandwidth,
    balancers.reduce((sum, { mbps }) => sum + mbps, 0) * HOURS_PER_MONTH,
  )
  if (declared.count('oci:Waf/appFirewallPolicy:AppFirewallPolicy') > 0) {
    add('kura-edge', 'WAF', PRICES.firewall, declared.count('oci:Waf/appFirewall:AppFirewall'))
    add('kura-edge', 'WAF, requests', PRICES.requests, institutions * ASSUMED.requests)
  }
  add('kura-edge', 'data to the internet', PRICES.egress, contents * ASSUMED.egress)

  for (const { resource, inputs } of declared.of<{ bandwidthShapeName?: string }>(
    'oci:Core/virtualCircuit:VirtualCircuit',
  )) {
    const gbps = Number.parseInt(inputs.bandwidthShapeName ?? '1', 10)
    const [price, ports] = gbps === 10 ? [PRICES.circuit10, 1] : [PRICES.circuit1, gbps]
    add(declared.part(resource), `FastConnect, ${inputs.bandwidthShapeName}`, price, ports * HOURS_PER_MONTH)
  }
  if (declared.count(AGENTS) > 0) add(partOf(AGENTS, 'kura-logging'), 'logs', PRICES.logs, logs)
  add(partOf('oci:Kms/key:Key', 'kura-keys'), 'versions of keys', PRICES.keys, keyVersions(declared))
  const vaults = declared
    .of<{ vaultType?: string }>('oci:Kms/vault:Vault')
    .filter(({ inputs }) => inputs.vaultType === 'VIRTUAL_PRIVATE')
  add(partOf('oci:Kms/vault:Vault', 'kura-keys'), 'private vault', PRICES.privateVault, vaults.length * HOURS_PER_MONTH)

  const parts = Map.groupBy(lines, ({ part }) => part)
  const sum = (some: CostLine[]) => some.reduce((all, { monthly }) => all + monthly, 0)
  return {
    ...PRICE_LIST,
    lines,
    parts: [...parts].map(([part, some]) => ({ part, monthly: sum(some) })),
    total: sum(lines),
    assumptions: assumptions(storage, institutions),
    unpriced: [...strange, ...unpriced(declared)],
  }
}

/** Versions of keys, in hardware: a key has one when it is made. */
export function keyVersions(declared: Declared): number {
  return declared.count('oci:Kms/key:Key') + declared.count('oci:Kms/keyVersion:KeyVersion')
}

/** What the declared services cost besides, those that nobody has looked at, and what every bill has. */
function unpriced({ all }: Declared): string[] {
  const services = new Set(all.flatMap(({ type }) => /^oci:(\w+)\//.exec(type)?.[1] ?? []))
  const unknown = [...services].filter((service) => !(FREE.has(service) || PRICED.has(service) || service in UNPRICED))
  return [
    ...unknown.map((service) => `${service}: nobody has looked what it costs`),
    ...Object.entries(UNPRICED).flatMap(([service, what]) => (services.has(service) ? [what] : [])),
    'support, taxes, and discounts of a contract',
  ]
}

/** Volume performance units of each GB, as Oracle sets them by itself ("balanced"). */
const BALANCED = 10

function block(vpus: number): Price {
  const { block, performance } = PRICES
  return {
    part: `${block.part}+${vpus}×${performance.part}`,
    unit: block.unit,
    price: block.price + vpus * performance.price,
  }
}

function assumptions(storage: StoragePlan, institutions: number): string[] {
  const { staging, logsPerNode, requests, egress, dump, wal, snapshots, items, databasePerItem } = ASSUMED
  return [
    `a month has ${HOURS_PER_MONTH} hours, and everything runs all the time`,
    `block and boot volumes are "balanced" (${BALANCED} VPU for each GB)`,
    storage.used
      ? 'files take what the file of usage says'
      : 'files take all that institutions may store (limits.storage): give --usage for what they do',
    `a database takes ${(databasePerItem * 2 ** 20).toFixed(0)} KiB for each item${
      storage.used ? '' : `, and an institution has ${items} items (${institutions * items} in all)`
    }`,
    `a dump takes ${dump} of the databases every day, WAL with its base backups ${wal} times and snapshots ${snapshots} times as much as they, backups in file storage twice; a cell's files ${staging} GiB`,
    'dumps and logs are moved and deleted as their buckets declare it, files stay in the standard tier',
    `a node writes ${logsPerNode} GiB of logs a month`,
    `an institution is asked ${requests} million times a month, and sends ${egress} times what it stores`,
    'a circuit of 2 or 5 Gbit/s costs as many ports of 1 Gbit/s',
  ]
}
