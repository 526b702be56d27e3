import type { Load } from './capacity.ts'
import type { Plan } from './plan.ts'
import type { PoolPlan, State } from './pools.ts'

/** Institutions that are listed one by one; the others are in the sums. */
const LISTED = 10

/** The plan to read, aligned, in the order of the questions that it answers. */
export function textOf(plan: Plan): string {
  const { stack, institutions, cells, resources } = plan
  return [
    section(
      `${stack}: ${number(institutions)} institutions in ${number(cells)} cells, ${number(resources.total)} resources`,
      [...aligned(resources.parts.map(({ part, resources: count }) => [part, number(count)]))],
    ),
    ...plan.pools.map(pool),
    section('Addresses of pods', addresses(plan)),
    section('Elasticsearch', search(plan)),
    section('Connections to PostgreSQL', connections(plan)),
    section('Storage', storage(plan)),
    section('Load balancers and host names', edge(plan)),
    section('Images without a digest', images(plan)),
    section('Service limits', limits(plan)),
    section(`A month, in ${plan.cost.currency} by the list prices of ${plan.cost.date}`, cost(plan)),
    section(
      plan.problems.length === 0 ? 'Everything fits.' : 'What does not fit',
      plan.problems.map((problem) => `- ${problem}`),
    ),
  ].join('\n')
}

function pool({ name, nodes, vcpu, memory, node, workloads, steady, rolling, short, enough }: PoolPlan): string {
  const state = (what: string, { nodes: count, used, free, away, unplaced }: State) => {
    const found = unplaced.length === 0 ? 'fits' : 'DOES NOT FIT'
    return [
      what,
      number(count),
      ...loads(used),
      ...loads(free),
      found,
      away.length === 0 ? '' : `away: ${away.join(', ')}`,
    ]
  }
  const title = `Pool ${name}: ${nodes} nodes of ${vcpu} vCPU and ${memory} GiB, of which pods find ${decimal(node.cpu / 1000)} vCPU, ${decimal(node.memory / 1024)} GiB and ${number(node.pods)} addresses`
  if (workloads.length === 0) return section(title, ['nothing is declared for it'])
  return section(title, [
    ...aligned([
      ['', 'pods', 'rolling', 'vCPU each', 'GiB each', ''],
      ...workloads.map((line) => [
        `${line.name} (${line.kind}${line.workloads > 1 ? ` ×${line.workloads}` : ''})`,
        number(line.pods),
        line.surge === 0 ? '' : `+${line.surge}`,
        decimal(line.cpu / 1000),
        decimal(line.memory / 1024),
        line.oneEach ? 'one on each node' : '',
      ]),
    ]),
    '',
    ...aligned([
      ['', 'nodes', 'vCPU', 'GiB', 'pods', 'vCPU free', 'GiB free', 'pods free', '', ''],
      state('as declared', steady),
      state('everything rolling', rolling),
      state('one node gone', short),
    ]),
    enough === undefined
      ? 'No number of nodes is enough: a pod is larger than a node.'
      : `Enough would be ${enough} nodes.`,
  ])
}

function addresses({ podAddresses: { used, held, all } }: Plan): string[] {
  return aligned([
    ['pods use', number(used)],
    ['nodes hold ready, one of each pool being renewed', number(held)],
    ['the subnet has', number(all), `${number(all - held)} free`],
  ])
}

function search({ search }: Plan): string[] {
  if (!search) return ['not declared']
  const { nodes, shards, perNode, perNodeShort, limit, heap, declared, perHeapGib } = search
  return aligned([
    ['shards, primaries and copies, one index being made again', number(shards)],
    [`on each of ${nodes} nodes`, number(perNode), `of ${number(limit)}`],
    ['with one node gone', number(perNodeShort), `of ${number(limit)}`],
    ['GiB of heap', decimal(heap), declared ? '' : 'half of the memory: none is declared'],
    ['shards for each GiB of heap', decimal(perHeapGib)],
  ])
}

function connections({ connections }: Plan): string[] {
  if (!connections) return ['not declared']
  const { cells, others, used, pgpool, postgresql } = connections
  return aligned([
    [
      `${number(cells.cells)} cells, ${number(cells.processes)} processes while all roll, at most ${cells.each} each`,
      number(cells.connections),
    ],
    [
      `of ${pgpool.pods} pgpool-II, ${number(pgpool.each)} each`,
      number(pgpool.pods * pgpool.each),
      `${number(pgpool.free)} free`,
    ],
    ['with one gone', number((pgpool.pods - 1) * pgpool.each), `${number(pgpool.freeShort)} free`],
    ...others.map(({ name, pods, connections: count }) => [
      `${name}, past pgpool-II, ${pods === 1 ? 'one pod' : `${pods} pods`}`,
      number(count),
    ]),
    ['together', number(used)],
    ['max_connections of PostgreSQL', number(postgresql.max), `${number(postgresql.free)} free`],
    [
      'GiB for connections, with shared buffers',
      decimal(postgresql.connections / 1024),
      `${decimal((postgresql.connections + postgresql.buffers) / 1024)} of ${decimal(postgresql.memory / 1024)}`,
    ],
  ])
}

function storage({ storage }: Plan): string[] {
  const { institutions, limit, used, bootVolumes, blockVolumes, buckets, fileSystems, mountTargets } = storage
  const most = institutions.toSorted((a, b) => (b.gib ?? b.limit) - (a.gib ?? a.limit)).slice(0, LISTED)
  const [soonest] = institutions
    .filter(({ fullIn }) => fullIn !== undefined)
    .sort((a, b) => (a.fullIn ?? 0) - (b.fullIn ?? 0))
  const volumes = (all: typeof bootVolumes) => all.reduce((sum, { count, each }) => sum + count * each, 0)
  return [
    ...aligned([
      ['GiB that institutions may store', number(limit)],
      ...(used
        ? [
            ['GiB that they store', number(used.gib), `${number(used.growth)} more in the last month`],
            ['items', number(used.items)],
            ...(soonest
              ? [['months until the first is full', number(Math.floor(soonest.fullIn ?? 0)), soonest.id]]
              : []),
          ]
        : []),
      ['GiB of boot volumes', number(volumes(bootVolumes))],
      ['GiB of block volumes', number(volumes(blockVolumes))],
      ['file systems', number(fileSystems.length), `behind ${mountTargets} mount targets`],
      ['buckets', number(buckets.length), buckets.join(', ')],
    ]),
    '',
    ...aligned([
      ['', 'cell', 'GiB at most', 'GiB', 'items', 'full in'],
      ...most.map(({ id, cell, limit: may, gib, items, fullIn }) => [
        id,
        cell,
        number(may),
        gib === undefined ? '' : decimal(gib),
        items === undefined ? '' : number(items),
        fullIn === undefined ? '' : `${Math.floor(fullIn)} months`,
      ]),
      ...(institutions.length > LISTED ? [[`and ${number(institutions.length - LISTED)} smaller ones`]] : []),
    ]),
  ]
}

function edge({ edge: { balancers, certificates, hosts, uncertified } }: Plan): string[] {
  return aligned([
    [
      'hosts',
      number(hosts),
      uncertified.length === 0 ? '' : `${number(uncertified.length)} of them named by no certificate`,
    ],
    ...balancers.map(({ name, kind, mbps }) => [
      `${kind} ${name}`,
      ...(mbps === 0 ? [] : [number(mbps), 'Mbit/s at least']),
    ]),
    ...certificates.map(({ name, hosts: count, free }) => [
      `certificate ${name}`,
      number(count),
      free === null ? 'hosts, by a wildcard' : `hosts, ${number(free)} free`,
    ]),
  ])
}

function images({ images }: Plan): string[] {
  return images.length === 0 ? ['none'] : aligned(images.map(({ image, source = 'ours, built' }) => [image, source]))
}

function limits({ limits }: Plan): string[] {
  return aligned([
    ['', 'needed', 'default', 'in each', '', ''],
    ...limits.map(({ service, what, name, per, needed, default: most, request }) => [
      `${service}: ${what}`,
      number(needed),
      most === undefined ? 'unknown' : number(most),
      per,
      request ? (most === undefined ? 'look it up' : 'REQUEST') : '',
      name,
    ]),
  ])
}

function cost({ cost: { lines, parts, total, assumptions, unpriced } }: Plan): string[] {
  return [
    ...aligned([
      ...parts.flatMap(({ part, monthly: sum }) => [
        [part, money(sum)],
        ...lines
          .filter((line) => line.part === part)
          .map(({ what, number: article, quantity, unit, price, monthly }) => [
            `  ${what}`,
            money(monthly),
            `${number(quantity)} ${unit} at ${Number(price.toFixed(5))}, ${article}`,
          ]),
      ]),
      ['together', money(total)],
    ]),
    '',
    'Reckoned with:',
    ...assumptions.map((assumption) => `- ${assumption}`),
    'Not in the sum:',
    ...unpriced.map((thing) => `- ${thing}`),
  ]
}

/** A title with its lines below it. */
export function section(title: string, lines: string[]): string {
  return [title, ...lines.map((line) => `  ${line}`.trimEnd()), ''].join('\n')
}

/** Columns below each other: numbers to the right, texts to the left. */
export function aligned(rows: string[][]): string[] {
  const columns = Math.max(0, ...rows.map(({ length }) => length))
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  const numeric = (column: number) =>
    column > 0 &&
    rows.some((row) => /\d/.test(row[column] ?? '')) &&
    rows.every((row) => /^[\d,.+-]*$|^[a-z][\w ]*$/i.test(row[column] ?? ''))
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0
        return numeric(column) ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd(),
  )
}

/** vCPU, GiB and pods. */
function loads({ cpu, memory, pods }: Load): [string, string, string] {
  return [decimal(cpu / 1000), decimal(memory / 1024), number(pods)]
}

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const oneDigit = new Intl.NumberFormat('en', { minimumFractionDigits: 0, maximumFractionDigits: 2 })
const cents = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
export const number = (value: number) => whole.format(value)
export const decimal = (value: number) => oneDigit.format(value)
export const money = (value: number) => cents.format(value)
