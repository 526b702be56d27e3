import { HOSTS_PER_CERTIFICATE } from './edge.ts'
import type { PlannedWorkload } from './model.ts'
import type { Plan } from './plan.ts'
import type { State } from './pools.ts'
import { MOST_HEAP } from './search.ts'

/** What does not fit: a sentence each that names who, and what is short. */
export function problemsOf(
  plan: Omit<Plan, 'problems'>,
  { workloads, homeless }: { workloads: PlannedWorkload[]; homeless: PlannedWorkload[] },
): string[] {
  return [
    ...workloads
      .filter(({ unsaid }) => unsaid.length > 0)
      .map(({ name, kind, unsaid }) => `${name} (${kind}) lacks ${unsaid.join(', ')}`),
    ...homeless.map(({ name, pool }) => `${name} asks for nodes of the pool ${pool}, which is not declared`),
    ...poolProblems(plan),
    ...addressProblems(plan),
    ...searchProblems(plan),
    ...connectionProblems(plan),
    ...storageProblems(plan),
    ...edgeProblems(plan),
    ...limitProblems(plan),
  ]
}

export function poolProblems({ pools }: Pick<Plan, 'pools'>): string[] {
  return pools.flatMap(({ name, steady, rolling, short }) => {
    const told = (state: State, when: string) =>
      state.unplaced.map(
        (unplaced) =>
          `pool ${name}, ${when}: ${unplaced.pods} of ${unplaced.name} ${unplaced.pods === 1 ? 'has' : 'have'} no place; short of ${unplaced.shortage}`,
      )
    const all = told(steady, 'as declared')
    // What has no place at all needs no further sentence.
    if (all.length > 0) return all
    return [...told(rolling, 'everything rolling'), ...told(short, `one node gone (${short.nodes} of ${steady.nodes})`)]
  })
}

function addressProblems({ podAddresses: { held, all } }: Pick<Plan, 'podAddresses'>): string[] {
  return all > 0 && held > all
    ? [`the pods' subnet has ${all} addresses, and nodes hold ${held} ready while pools are renewed`]
    : []
}

function searchProblems({ search }: Pick<Plan, 'search'>): string[] {
  if (!search) return []
  const { perNodeShort, limit, heap, shards } = search
  return [
    ...(perNodeShort > limit
      ? [`Elasticsearch: ${shards} shards are ${perNodeShort} on a node when one is gone; a node takes ${limit}`]
      : []),
    ...(heap > MOST_HEAP ? [`Elasticsearch: a heap of ${heap} GiB; above ${MOST_HEAP} it holds less`] : []),
  ]
}

function connectionProblems({ connections }: Pick<Plan, 'connections'>): string[] {
  if (!connections) return []
  const { cells, used, pgpool, postgresql } = connections
  const memory = postgresql.buffers + postgresql.connections
  const through = `pgpool-II: ${cells.connections} connections`
  return [
    ...(pgpool.pods > 1 && pgpool.freeShort < 0
      ? [`${through}; ${-pgpool.freeShort} too many when one of ${pgpool.pods} is gone`]
      : []),
    ...(pgpool.pods <= 1 && pgpool.free < 0 ? [`${through}; ${-pgpool.free} too many`] : []),
    ...(postgresql.free < 0 ? [`PostgreSQL: ${used} connections; max_connections is ${postgresql.max}`] : []),
    ...(postgresql.memory > 0 && memory > postgresql.memory
      ? [
          `PostgreSQL: ${used} connections and the shared buffers take ${Math.round(memory)} MiB; an instance has ${postgresql.memory}`,
        ]
      : []),
  ]
}

function storageProblems({ storage }: Pick<Plan, 'storage'>): string[] {
  return storage.institutions
    .filter(({ gib = 0, limit }) => gib > limit)
    .map(({ id, gib, limit }) => `${id} stores ${gib} GiB and may store ${limit}`)
}

function edgeProblems({ edge }: Pick<Plan, 'edge'>): string[] {
  return edge.certificates
    .filter(({ free }) => free !== null && free < 0)
    .map(({ name, hosts }) => `certificate ${name} serves ${hosts} hosts; it takes ${HOSTS_PER_CERTIFICATE}`)
}

/** Limits that Oracle does not raise. */
function limitProblems({ limits }: Pick<Plan, 'limits'>): string[] {
  return limits
    .filter(({ fixed, request }) => fixed && request)
    .map(
      ({ service, what, needed, default: most }) => `${service}: ${needed} ${what}; Oracle allows ${most}, and no more`,
    )
}
