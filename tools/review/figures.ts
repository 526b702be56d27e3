import { shownPart } from '../plan/declared.ts'
import type { Plan } from '../plan/plan.ts'
import { decimal, money, number } from '../plan/text.ts'

/** A figure of a plan, before and after. */
export interface Figure {
  what: string
  /** Absent where there is no such thing. */
  before?: string
  after?: string
  /** By how much it grew; absent where it is no number. */
  difference?: string
}

/** What a change does to a plan. */
export interface PlanComparison {
  /** Figures that are always told, whether they differ or not. */
  totals: Figure[]
  /** Only those that differ. */
  capacity: Figure[]
  cost: Figure[]
  currency: string
  /** What does not fit: sentences. */
  problems: { sentence: string; isNew: boolean }[]
  /** What did not fit at the base. */
  mended: string[]
}

type Shown = (value: number) => string
type Row = [what: string, value: number, shown: Shown]

/** @param before of the base, if there is one */
export function comparePlans(after: Plan, before: Plan | undefined): PlanComparison {
  const compared = (rows: (plan: Plan) => Row[]) => figures(before ? rows(before) : [], rows(after))
  const differing = (rows: (plan: Plan) => Row[]) =>
    before ? compared(rows).filter((figure) => figure.before !== figure.after) : []
  return {
    totals: compared(totals),
    capacity: differing(capacity),
    cost: differing(costs),
    currency: after.cost.currency,
    problems: after.problems.map((sentence) => ({
      sentence,
      isNew: before !== undefined && !before.problems.includes(sentence),
    })),
    mended: before?.problems.filter((sentence) => !after.problems.includes(sentence)) ?? [],
  }
}

function totals({ resources, institutions, cells, cost }: Plan): Row[] {
  return [
    ['institutions', institutions, number],
    ['cells', cells, number],
    ['resources', resources.total, number],
    [`a month, ${cost.currency}`, cost.total, money],
  ]
}

function capacity(plan: Plan): Row[] {
  const { pools, podAddresses, search, connections, storage, edge, limits } = plan
  return [
    ...pools.flatMap(({ name, nodes, vcpu, memory, steady, rolling, enough }): Row[] => [
      [`pool ${name}: nodes`, nodes, number],
      [`pool ${name}: vCPU of a node`, vcpu, decimal],
      [`pool ${name}: GiB of a node`, memory, decimal],
      [`pool ${name}: pods`, steady.used.pods, number],
      [`pool ${name}: vCPU that pods ask for`, steady.used.cpu / 1000, decimal],
      [`pool ${name}: GiB that pods ask for`, steady.used.memory / 1024, decimal],
      [`pool ${name}: vCPU free while all roll`, rolling.free.cpu / 1000, decimal],
      ...(enough === undefined ? [] : [[`pool ${name}: nodes that would be enough`, enough, number] satisfies Row]),
    ]),
    ["addresses in the pods' subnet that nodes hold", podAddresses.held, number],
    ["addresses in the pods' subnet", podAddresses.all, number],
    ...(search
      ? [
          ['Elasticsearch: shards', search.shards, number] satisfies Row,
          ['Elasticsearch: shards on a node, one gone', search.perNodeShort, number] satisfies Row,
          ['Elasticsearch: GiB of heap', search.heap, decimal] satisfies Row,
        ]
      : []),
    ...(connections
      ? [
          ['PostgreSQL: connections at most', connections.used, number] satisfies Row,
          ['PostgreSQL: max_connections', connections.postgresql.max, number] satisfies Row,
          ['pgpool-II: connections free, one pod gone', connections.pgpool.freeShort, number] satisfies Row,
        ]
      : []),
    ['GiB that institutions may store', storage.limit, number],
    ...volumes('boot volumes', storage.bootVolumes),
    ...volumes('block volumes', storage.blockVolumes),
    ['file systems', storage.fileSystems.length, number],
    ['mount targets', storage.mountTargets, number],
    ['buckets', storage.buckets.length, number],
    ['load balancers', edge.balancers.length, number],
    ['host names', edge.hosts, number],
    ['host names that no certificate names', edge.uncertified.length, number],
    ...limits.map(
      ({ service, what, needed, default: most, request }): Row => [
        `limit of ${service}: ${what}${request ? (most === undefined ? ', look it up' : `, REQUEST more than ${number(most)}`) : ''}`,
        needed,
        number,
      ],
    ),
  ]
}

function volumes(what: string, all: { count: number; each: number }[]): Row[] {
  return [[`GiB of ${what}`, all.reduce((sum, { count, each }) => sum + count * each, 0), number]]
}

/** What a month costs, by part and article; cells share lines. */
function costs({ cost }: Plan): Row[] {
  const lines = Map.groupBy(cost.lines, ({ part, what }) => `${shownPart(part)}: ${what}`)
  return [...lines].map(([what, some]) => [what, some.reduce((sum, { monthly }) => sum + monthly, 0), money])
}

/** Rows of both, by what they say; those of one name are summed. */
function figures(before: Row[], after: Row[]): Figure[] {
  const [old, now] = [summed(before), summed(after)]
  return [...new Set([...now.keys(), ...old.keys()])].map((what) => {
    const [was, is] = [old.get(what), now.get(what)]
    const shown = (is ?? was)?.shown ?? number
    const difference = (is?.value ?? 0) - (was?.value ?? 0)
    return {
      what,
      ...(was ? { before: was.shown(was.value) } : {}),
      ...(is ? { after: is.shown(is.value) } : {}),
      ...(old.size > 0 && difference !== 0 ? { difference: `${difference > 0 ? '+' : ''}${shown(difference)}` } : {}),
    }
  })
}

function summed(rows: Row[]): Map<string, { value: number; shown: Shown }> {
  const sums = new Map<string, { value: number; shown: Shown }>()
  for (const [what, value, shown] of rows) sums.set(what, { value: value + (sums.get(what)?.value ?? 0), shown })
  return sums
}
