import type { Declared } from './declared.ts'
import type { EdgePlan } from './edge.ts'
import type { Pool } from './model.ts'
import { HOURS_PER_MONTH, PRICE_LIST, PRICES, type Price, SHAPES } from './prices.ts'
import type { StoragePlan } from './storage.ts'

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
  /** Dumps, base backups and snapshots that are kept, as times of what they are taken from. */
  copies: 30,
}

const UNPRICED = [
  'requests to object storage (0.0034 for 10,000), and restoring from the archive',
  'copies to another region: the storage there and the transfer',
  "the partner's and SINET's own charges for the circuits",
  'build runs of the DevOps service (compute by the second), and what the registry stores',
  'metrics beyond the free 500 million points, notifications beyond the free ones, queries of DNS',
  'support, taxes, and discounts of a contract',
]

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
  if (storage.buckets.length > 0) {
    const part = partOf('oci:ObjectStorage/bucket:Bucket', 'kura-storage')
    add(part, "institutions' files", PRICES.objects, contents)
    if (storage.buckets.length > 1) add(part, 'dumps, WAL and snapshots', PRICES.objects, databases * ASSUMED.copies)
    if (declared.count('oci:Sch/connector:Connector') > 0)
      add(
        part,
        'archive of logs',
        PRICES.archive,
        pools.reduce((sum, { nodes }) => sum + nodes, 0) * ASSUMED.logsPerNode * 12,
      )
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
    add('kura-edge', 'WAF, one for each load balancer', PRICES.firewall, balancers.length)
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
  if (declared.count('oci:Logging/log:Log') > 0)
    add(
      partOf('oci:Logging/log:Log', 'kura-logging'),
      'logs',
      PRICES.logs,
      pools.reduce((sum, { nodes }) => sum + nodes, 0) * ASSUMED.logsPerNode,
    )
  add(partOf('oci:Kms/key:Key', 'kura-keys'), 'keys', PRICES.keys, declared.count('oci:Kms/key:Key'))
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
    unpriced: [...strange, ...UNPRICED],
  }
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
  const { staging, logsPerNode, requests, egress, copies, items, databasePerItem } = ASSUMED
  return [
    `a month has ${HOURS_PER_MONTH} hours, and everything runs all the time`,
    `block and boot volumes are "balanced" (${BALANCED} VPU for each GB)`,
    storage.used
      ? 'files take what the file of usage says'
      : 'files take all that institutions may store (limits.storage): give --usage for what they do',
    `a database takes ${(databasePerItem * 2 ** 20).toFixed(0)} KiB for each item${
      storage.used ? '' : `, and an institution has ${items} items (${institutions * items} in all)`
    }`,
    `backups in object storage take ${copies} times the databases, those in file storage twice; a cell's files ${staging} GiB`,
    `a node writes ${logsPerNode} GiB of logs a month, kept for a year in the archive`,
    `an institution is asked ${requests} million times a month, and sends ${egress} times what it stores`,
    'files stay in the standard tier; what moves to infrequent access costs less',
    'a circuit of 2 or 5 Gbit/s costs as many ports of 1 Gbit/s',
  ]
}
